import { USER_OUTCOMES, type RecordedOutcome, type UnmatchedReason } from '../../call/userOutcome.js';
import type { Clock } from '../Clock.js';
import type { EndFields } from '../events.js';
import type { Tags } from '../MetricsReporter.js';
import { OutcomeSeries, type OutcomeLabels } from './OutcomeSeries.js';
import { RememberedCalls } from './RememberedCalls.js';
import { DEFAULT_BOUNDS, WaitBands, type WaitBounds } from './WaitBands.js';

export interface OutcomeOptions {
  /** The closed set of outcomes. Default: `USER_OUTCOMES`. */
  readonly names?: readonly string[] | undefined;
  /** Where the bands of waiting lie. Default: below 10 s, 10 to 30, 30 and more; for the first token 3 and 10. */
  readonly bounds?: WaitBounds | undefined;
  /** The same for single models. */
  readonly modelBounds?: Readonly<Record<string, WaitBounds>> | undefined;
  /** Calls that are remembered, the last ones whose correlation ids somebody asked for: 0 to 10,000,000. Default 100,000, which take 2.4 MB. */
  readonly maxCalls?: number | undefined;
  /** How long after its start a call takes outcomes, in milliseconds. Default an hour. */
  readonly maxAgeMs?: number | undefined;
}

/** Whether an outcome was joined to a call. One that is told of a call again is matched, and not counted again. */
export type OutcomeVerdict = 'matched' | UnmatchedReason;

const MAX_CALLS = 100_000;
const MAX_AGE_MS = 3_600_000;

/** Knows how to count what the join finds. */
export interface OutcomeSink {
  readonly clock: Clock;
  readonly count: (name: string, value: number, tags: Tags) => void;
}

/** By what the outcomes of a call are counted once it has ended. */
export type EndedCall = Pick<EndFields, 'provider' | 'model' | 'duration'>;

/** Joins what users did afterwards to the calls whose answers they got, in memory. */
export class OutcomeJoin {
  readonly #names: ReadonlySet<string>;
  readonly #bands: WaitBands;
  readonly #modelBands: ReadonlyMap<string, WaitBands>;
  readonly #calls: RememberedCalls;
  readonly #maxAgeMs: number;
  readonly #series: OutcomeSeries;

  constructor(
    options: OutcomeOptions,
    private readonly sink: OutcomeSink,
  ) {
    const { names = USER_OUTCOMES, bounds = DEFAULT_BOUNDS, modelBounds = {}, maxCalls = MAX_CALLS } = options;
    this.#names = new Set(names);
    this.#bands = new WaitBands(bounds);
    this.#modelBands = new Map(Object.entries(modelBounds).map(([model, own]) => [model, new WaitBands(own)]));
    this.#calls = new RememberedCalls(maxCalls);
    this.#maxAgeMs = options.maxAgeMs ?? MAX_AGE_MS;
    this.#series = new OutcomeSeries(names, (value, tags) => sink.count('ai_user_outcomes_total', value, tags));
  }

  /** Remembers a call that began, by the number that is returned; undefined when it isn't remembered. */
  begin(correlationId: string, startedAt: number): number | undefined {
    return this.#calls.begin(correlationId, startedAt);
  }

  /** By what the outcomes of a call are counted that ended with this. */
  labelsOf({ provider, model, duration }: EndedCall, timeToFirstToken: number | null): OutcomeLabels {
    const bands = this.#modelBands.get(model) ?? this.#bands;
    return this.#series.of({
      provider,
      model,
      latency_band: bands.latency(duration),
      ttft_band: bands.firstToken(timeToFirstToken),
    });
  }

  /** Takes by what a call that is remembered has ended. */
  end(nth: number, labels: OutcomeLabels): void {
    for (const outcome of this.#calls.end(nth, labels) ?? []) this.#series.add(outcome, labels);
  }

  /** Counts an outcome; that of a call under way once it has ended. Each outcome counts once a call. */
  record({ correlationId, outcome }: RecordedOutcome): OutcomeVerdict {
    if (!this.#names.has(outcome)) return this.#unmatched('unknown_outcome');
    const call = correlationId === undefined ? undefined : this.#calls.get(correlationId);
    if (call === undefined || this.sink.clock.now() - call.startedAt > this.#maxAgeMs) {
      return this.#unmatched('unknown_call');
    }
    if (!call.outcomes.has(outcome)) {
      call.outcomes.add(outcome);
      if (call.labels !== undefined) this.#series.add(outcome, call.labels);
    }
    return 'matched';
  }

  #unmatched(reason: UnmatchedReason): UnmatchedReason {
    this.sink.count('ai_outcomes_unmatched_total', 1, { reason });
    return reason;
  }
}
