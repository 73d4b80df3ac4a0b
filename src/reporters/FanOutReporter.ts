import type { AIEvent } from '../monitor/events.js';
import type { MetricsReporter, Tags } from '../monitor/MetricsReporter.js';

/**
 * Hands everything to several reporters, in order. One that throws doesn't keep it from the others: what they threw
 * is thrown afterwards, and what they rejected with is rejected with, so that the monitor counts it.
 */
export class FanOutReporter implements MetricsReporter {
  /** Those that everything is handed to. */
  readonly reporters: readonly MetricsReporter[];

  constructor(reporters: readonly MetricsReporter[]) {
    this.reporters = [...reporters];
  }

  trackEvent(...event: AIEvent): unknown {
    return this.#each((reporter) => reporter.trackEvent(...event));
  }

  trackCounter(name: string, value?: number, tags?: Tags): unknown {
    return this.#each((reporter) => reporter.trackCounter(name, value, tags));
  }

  trackTiming(name: string, value: number, tags?: Tags): unknown {
    return this.#each((reporter) => reporter.trackTiming(name, value, tags));
  }

  trackGauge(name: string, value: number, tags?: Tags): unknown {
    return this.#each((reporter) => reporter.trackGauge(name, value, tags));
  }

  /** Returns a promise only when a member did, so that members that work at once cost nothing more. */
  #each(report: (reporter: MetricsReporter) => unknown): unknown {
    const thrown: unknown[] = [];
    const promises: PromiseLike<unknown>[] = [];
    for (const reporter of this.reporters) {
      try {
        const returned = report(reporter);
        if (isThenable(returned)) promises.push(returned);
      } catch (error) {
        thrown.push(error);
      }
    }
    if (promises.length > 0) return settle(promises, thrown);
    raise(thrown);
    return undefined;
  }
}

async function settle(promises: readonly PromiseLike<unknown>[], thrown: readonly unknown[]): Promise<void> {
  const rejected = (await Promise.allSettled(promises)).flatMap((result): unknown[] =>
    result.status === 'rejected' ? [result.reason] : [],
  );
  raise([...thrown, ...rejected]);
}

function raise(errors: readonly unknown[]): void {
  if (errors.length === 0) return;
  const [first] = errors;
  if (errors.length === 1 && first instanceof Error) throw first;
  throw new AggregateError(errors, `${errors.length} of several metrics reporters failed`);
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}
