import type { CallContext, CallResult } from '../call/call.js';
import { classifyError } from '../call/classifyError.js';
import { readResult } from '../call/readResult.js';
import type { RecordedOutcome } from '../call/userOutcome.js';
import { MissingOptionError } from '../errors.js';
import type { PriceBook } from '../pricing/PriceBook.js';
import { SYSTEM_CLOCK, type Clock } from './Clock.js';
import { contain } from './contain.js';
import { ContainedReporter } from './ContainedReporter.js';
import type { AIEvent } from './events.js';
import { tieCorrelationId } from './correlationIds.js';
import { NOOP_LOGGER, type LogFields, type Logger } from './Logger.js';
import type { MetricsReporter } from './MetricsReporter.js';
import { OpenCall, type CallPorts } from './OpenCall.js';
import type { UsageEstimator } from './UsageEstimator.js';
import { readEvent } from './unreadEvent.js';
import { OutcomeJoin, type OutcomeOptions, type OutcomeVerdict } from './outcomes/OutcomeJoin.js';
import { RelayedCalls } from './outcomes/RelayedCalls.js';
import { attributionFor } from './withAttribution.js';

export interface AIPerformanceMonitorOptions {
  /** Gets one debug line an event. Without a `metricsReporter` it gets them at level info instead. */
  readonly logger?: Logger | undefined;
  readonly metricsReporter?: MetricsReporter | null | undefined;
  /** Without one every call with usage counts as unpriced. */
  readonly priceBook?: PriceBook | undefined;
  readonly clock?: Clock | undefined;
  /** Estimates the usage that the API doesn't tell. Without one it stays unknown. */
  readonly usageEstimator?: UsageEstimator | undefined;
  /** How `recordOutcome` joins what users did to calls. */
  readonly outcomes?: OutcomeOptions | undefined;
}

/**
 * Measures calls to an AI service and reports every one exactly once, however it ends.
 * @throws MissingOptionError when there is neither a reporter nor a logger, so that nothing would be told to anyone.
 */
export class AIPerformanceMonitor {
  readonly #ports: CallPorts;
  readonly #outcomes: OutcomeJoin;
  readonly #relayed: RelayedCalls;
  readonly #reporter: ContainedReporter | undefined;
  readonly #log: (message: string, fields: LogFields) => void;

  constructor(options: AIPerformanceMonitorOptions) {
    const { logger, metricsReporter, priceBook, usageEstimator, clock = SYSTEM_CLOCK, outcomes = {} } = options;
    if (!logger && !metricsReporter) {
      throw new MissingOptionError('AIPerformanceMonitor', 'metricsReporter or logger', 'else it would report nowhere');
    }
    const log = logger?.child?.({ service: 'ai-monitor' }) ?? logger ?? NOOP_LOGGER;
    const reporter = metricsReporter ? new ContainedReporter(metricsReporter, log, clock) : undefined;
    this.#reporter = reporter;
    const level = reporter === undefined ? 'info' : 'debug';
    // A broken logger is the application's to notice; it must not break the application's calls.
    this.#log = (message, fields) => contain(() => log[level](message, fields));
    const isLogging = levelProbe(log, level);
    this.#outcomes = new OutcomeJoin(outcomes, {
      clock,
      count: (name, value, tags) => reporter?.trackCounter(name, value, tags),
    });
    this.#relayed = new RelayedCalls(this.#outcomes, clock);
    this.#ports = {
      clock,
      priceBook,
      usageEstimator,
      outcomes: this.#outcomes,
      report: (make) => {
        if (!isLogging()) {
          reporter?.trackLater(make);
          return;
        }
        const event = readEvent(make());
        const [eventName, metrics] = event;
        reporter?.trackEvent(...event);
        this.#log(`AI performance: ${eventName}`, { ...metrics });
      },
    };
  }

  /** Whether usage that the API doesn't tell is estimated. */
  get estimatesUsage(): boolean {
    return this.#ports.usageEstimator !== undefined;
  }

  /** Takes an event that a monitor of another process reported, as its own; but for the log, in which it is already. */
  relay(...event: AIEvent): void {
    this.#reporter?.trackEvent(...event);
    this.#relayed.see(...event);
  }

  /**
   * Runs one call that answers as a whole and returns or throws exactly what it does.
   * Tokens, model and finish reasons are read from what it returns, if that is an answer of the API. `operation` may
   * tell `call` of its attempts; it is ended here.
   */
  async trackRequest<T>(operation: (call: OpenCall) => Promise<T>, context: CallContext = {}): Promise<T> {
    const call = this.open(context);
    return await settle(call, () => operation(call));
  }

  /**
   * Runs one streamed call, from its request to its last chunk, and returns or throws exactly what it does.
   * `operation` calls `onFirstToken` at the first output; further calls of it change nothing. Tokens are read from
   * what it returns (a final answer with `usage`), if anything.
   */
  async trackStreamingRequest<T>(
    operation: (onFirstToken: () => void, call: OpenCall) => Promise<T>,
    context: CallContext = {},
  ): Promise<T> {
    const call = this.openStream(context);
    return await settle(call, () =>
      operation(() => {
        call.firstToken();
      }, call),
    );
  }

  /**
   * Takes what a user did with the answer of a call and counts it by how long the user had waited. A call can be told of
   * while it is under way and for an hour after its start; calls that share a correlation id are the last of them.
   * Says whether the call and the outcome are known; those that are not are counted, too. Never throws.
   */
  recordOutcome({ correlationId, outcome }: RecordedOutcome): OutcomeVerdict {
    const verdict = this.#outcomes.record({ correlationId, outcome });
    // What matched is among what we know; what did not is anybody's text and no business of a log.
    this.#log(
      'AI performance: user outcome',
      verdict === 'matched' ? { correlationId, outcome, verdict } : { verdict },
    );
    return verdict;
  }

  /**
   * Begins a call that answers as a whole; whoever opens it must end it.
   * @param usageEstimator estimates the usage of this call in place of the monitor's own estimator
   */
  open(context: CallContext = {}, usageEstimator?: UsageEstimator): OpenCall {
    return this.#open(false, context, usageEstimator);
  }

  /** Begins a streamed call in the same way. */
  openStream(context: CallContext = {}, usageEstimator?: UsageEstimator): OpenCall {
    return this.#open(true, context, usageEstimator);
  }

  #open(streaming: boolean, context: CallContext, usageEstimator?: UsageEstimator): OpenCall {
    const attribution = attributionFor(context.attribution);
    const full = attribution === context.attribution ? context : { ...context, attribution };
    const ports = usageEstimator === undefined ? this.#ports : { ...this.#ports, usageEstimator };
    return new OpenCall(ports, streaming, full);
  }
}

/** Whether lines of this level are written; a logger that fails to say so gets them. */
function levelProbe(log: Logger, level: 'debug' | 'info'): () => boolean {
  if (log.isLevelEnabled === undefined) return () => true;
  return () => {
    try {
      return log.isLevelEnabled?.(level) !== false;
    } catch {
      return true;
    }
  };
}

async function settle<T>(call: OpenCall, operation: () => Promise<T>): Promise<T> {
  let result: T;
  try {
    result = await operation();
  } catch (error) {
    call.fail(classifyError(error));
    tieCorrelationId(error, call.identity);
    throw error;
  }
  call.complete(safeResult(result));
  tieCorrelationId(result, call.identity);
  return result;
}

/** A returned object may have getters that throw; that is the application's business and not a failed call. */
function safeResult(value: unknown): CallResult {
  try {
    return readResult(value);
  } catch {
    return {};
  }
}
