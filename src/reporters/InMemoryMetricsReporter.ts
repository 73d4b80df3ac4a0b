import type { AIEvent, EventMetrics, EventName } from '../monitor/events.js';
import type { MetricsReporter, Tags } from '../monitor/MetricsReporter.js';

/** The events that end a call: exactly one of them for every call. */
export type EndedEventName = Exclude<
  EventName,
  'ai_request_start' | 'ai_stream_start' | 'ai_stream_first_token' | 'ai_attempt'
>;
export type EndedEvent = Extract<AIEvent, [EndedEventName, unknown]>;

/** One call of `trackCounter`, `trackTiming` or `trackGauge`. */
export interface GenericCall {
  readonly type: 'counter' | 'timing' | 'gauge';
  readonly name: string;
  readonly value: number;
  readonly tags: Tags;
}

/**
 * Keeps everything that it is told, for tests of applications and of Promptmeter itself. Its memory grows with every
 * event until `reset()`, so it is not for production.
 */
export class InMemoryMetricsReporter implements MetricsReporter {
  readonly #events: AIEvent[] = [];
  readonly #calls: GenericCall[] = [];

  /** Every event, oldest first, as `[name, metrics]`. */
  get events(): readonly AIEvent[] {
    return this.#events;
  }

  /** Every call of `trackCounter`, `trackTiming` and `trackGauge`, oldest first. */
  get calls(): readonly GenericCall[] {
    return this.#calls;
  }

  /** The names of all events, oldest first. */
  get names(): readonly EventName[] {
    return this.#events.map(([name]) => name);
  }

  /** The events that ended a call, oldest first. */
  get ended(): readonly EndedEvent[] {
    return this.#events.filter(isEnded);
  }

  /** Calls that have begun and not ended. */
  get inFlight(): number {
    return this.#events.filter(([name]) => name.endsWith('_start')).length - this.ended.length;
  }

  /** What the events of one name carried, oldest first. */
  metricsOf<N extends EventName>(name: N): readonly EventMetrics[N][] {
    const isNamed = (event: AIEvent): event is AIEvent & [N, EventMetrics[N]] => event[0] === name;
    return this.#events.filter(isNamed).map((event): EventMetrics[N] => event[1]);
  }

  /** Forgets everything. Calls in flight then count as -1 when they end, so reset between calls. */
  reset(): void {
    this.#events.length = 0;
    this.#calls.length = 0;
  }

  trackEvent(...event: AIEvent): void {
    this.#events.push(event);
  }

  trackCounter(name: string, value = 1, tags: Tags = {}): void {
    this.#calls.push({ type: 'counter', name, value, tags });
  }

  trackTiming(name: string, value: number, tags: Tags = {}): void {
    this.#calls.push({ type: 'timing', name, value, tags });
  }

  trackGauge(name: string, value: number, tags: Tags = {}): void {
    this.#calls.push({ type: 'gauge', name, value, tags });
  }
}

const ENDED: ReadonlySet<string> = new Set<EndedEventName>([
  'ai_request_complete',
  'ai_request_error',
  'ai_request_aborted',
  'ai_stream_complete',
  'ai_stream_error',
  'ai_stream_aborted',
]);

function isEnded(event: AIEvent): event is EndedEvent {
  return ENDED.has(event[0]);
}
