import { randomUUID } from 'node:crypto';
import type { CallContext, CallResult } from '../call/call.js';
import { classifyError } from '../call/classifyError.js';
import { readResult } from '../call/readResult.js';
import { MissingOptionError } from '../errors.js';
import type { PriceBook } from '../pricing/PriceBook.js';
import { SYSTEM_CLOCK, type Clock } from './Clock.js';
import { contain } from './contain.js';
import { ContainedReporter } from './ContainedReporter.js';
import { NOOP_LOGGER, type Logger } from './Logger.js';
import type { MetricsReporter } from './MetricsReporter.js';
import { OpenCall, type CallPorts } from './OpenCall.js';

export interface AIPerformanceMonitorOptions {
  /** Gets one debug line an event. Without a `metricsReporter` it gets them at level info instead. */
  readonly logger?: Logger | undefined;
  readonly metricsReporter?: MetricsReporter | null | undefined;
  /** Without one every call with usage counts as unpriced. */
  readonly priceBook?: PriceBook | undefined;
  readonly clock?: Clock | undefined;
}

/**
 * Measures calls to an AI service and reports every one exactly once, however it ends.
 * @throws MissingOptionError when there is neither a reporter nor a logger, so that nothing would be told to anyone.
 */
export class AIPerformanceMonitor {
  readonly #ports: CallPorts;

  constructor({ logger, metricsReporter, priceBook, clock = SYSTEM_CLOCK }: AIPerformanceMonitorOptions) {
    if (!logger && !metricsReporter) {
      throw new MissingOptionError('AIPerformanceMonitor', 'metricsReporter or logger', 'else it would report nowhere');
    }
    const log = logger?.child?.({ service: 'ai-monitor' }) ?? logger ?? NOOP_LOGGER;
    const reporter = metricsReporter ? new ContainedReporter(metricsReporter, log, clock) : undefined;
    const level = reporter === undefined ? 'info' : 'debug';
    this.#ports = {
      clock,
      priceBook,
      report: (...event) => {
        const [eventName, metrics] = event;
        reporter?.trackEvent(...event);
        // A broken logger is the application's to notice; it must not break the application's calls.
        contain(() => log[level](`AI performance: ${eventName}`, { ...metrics }));
      },
    };
  }

  /**
   * Runs one call that answers as a whole and returns or throws exactly what it does.
   * Tokens, model and finish reasons are read from what it returns, if that is an answer of the API.
   */
  async trackRequest<T>(operation: () => Promise<T>, context: CallContext = {}): Promise<T> {
    const call = this.open(context);
    return await settle(call, operation);
  }

  /**
   * Runs one streamed call, from its request to its last chunk, and returns or throws exactly what it does.
   * `operation` calls `onFirstToken` at the first output; further calls of it change nothing. Tokens are read from
   * what it returns (a final answer with `usage`), if anything.
   */
  async trackStreamingRequest<T>(
    operation: (onFirstToken: () => void) => Promise<T>,
    context: CallContext = {},
  ): Promise<T> {
    const call = this.openStream(context);
    return await settle(call, () =>
      operation(() => {
        call.firstToken();
      }),
    );
  }

  /** Begins a call that answers as a whole; whoever opens it must end it. */
  open(context: CallContext = {}): OpenCall {
    return new OpenCall(this.#ports, false, context, context.correlationId ?? `req_${randomUUID()}`);
  }

  /** Begins a streamed call; whoever opens it must end it. */
  openStream(context: CallContext = {}): OpenCall {
    return new OpenCall(this.#ports, true, context, context.correlationId ?? `stream_${randomUUID()}`);
  }
}

async function settle<T>(call: OpenCall, operation: () => Promise<T>): Promise<T> {
  let result: T;
  try {
    result = await operation();
  } catch (error) {
    call.fail(classifyError(error));
    throw error;
  }
  call.complete(safeResult(result));
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
