import { asRecord } from '../call/guards.js';
import type { Attribution } from '../call/call.js';
import type { AIPerformanceMonitor } from '../monitor/AIPerformanceMonitor.js';
import type { UsageEstimator } from '../monitor/UsageEstimator.js';
import { MissingOptionError } from '../errors.js';
import { cloneClient, forgottenOptions, isLike } from './cloneClient.js';
import { instrument } from './instrument.js';

export interface MonitorOpenAIOptions {
  readonly monitor: AIPerformanceMonitor;
  /** Name of the upstream in the metrics. Default `openai`. */
  readonly provider?: string | undefined;
  /** Whom the calls are counted for: the labels themselves, or a function that is asked once a call. */
  readonly attribution?: Attribution | (() => Attribution | undefined) | undefined;
  /**
   * Whether a stream that does not ask for its usage is made to: `stream_options.include_usage` goes out, and the extra
   * chunk that it brings is kept from the caller. Default true. Turn it off for a server that rejects the option.
   */
  readonly usageInStreams?: boolean | undefined;
  /**
   * Estimates the usage that the API doesn't tell, as of a stream that is broken off: `createUsageEstimator()`. Without
   * one, here or in the monitor, such usage stays unknown.
   */
  readonly usageEstimator?: UsageEstimator | undefined;
}

const originals = new WeakMap<object, object>();

/**
 * A client like the one given, every call of which is measured; the one given stays as it is. Values, errors, promises
 * and streams are the SDK's own. A call ends with its body: one whose answer is never read is recorded as aborted when
 * the answer is garbage. Works with openai 5, 6 and 7, `AzureOpenAI` and subclasses that take the SDK's options.
 * A client that is measured already is measured anew in place of that, never twice.
 * @throws MissingOptionError without a monitor.
 * @throws UnsupportedClientError when the client lacks what is needed to measure it.
 */
export function monitorOpenAI<T extends object>(client: T, options: MonitorOpenAIOptions): T {
  if (asRecord(asRecord(options)?.['monitor']) === undefined) {
    throw new MissingOptionError('monitorOpenAI', 'monitor', 'else nothing would be measured');
  }
  const original = unmonitored(client);
  const monitored = cloneClient(original);
  const { fetch } = monitored;
  const bareWithOptions = monitored.withOptions.bind(monitored);
  instrument(monitored, options);
  monitored.withOptions = (overrides) => {
    const next = bareWithOptions({ ...forgottenOptions(monitored), fetch, ...overrides });
    return isLike(next, original) ? monitorOpenAI(next, options) : next;
  };
  originals.set(monitored, original);
  return monitored;
}

/** The client underneath a measured one; any other is returned as it is. */
export function unmonitored<T extends object>(client: T): T {
  const original = originals.get(client);
  return isLike(original, client) ? original : client;
}
