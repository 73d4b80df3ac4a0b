import type { ToldLimits } from '../../call/attempt.js';
import { UNKNOWN_MODEL } from '../../call/call.js';
import { OPERATIONS } from '../../call/operation.js';
import type { CallFields } from '../../monitor/events.js';
import { CallSeries, type CallLabels } from './CallSeries.js';
import type { Catalogue } from './Catalogue.js';
import { getOrAdd } from './getOrAdd.js';
import { LabelLimiter, OTHER } from './LabelLimiter.js';
import { ModelSeries } from './ModelSeries.js';
import { OperationSeries } from './OperationSeries.js';
import type { RateLimitGauges } from './RateLimitGauges.js';
import type { Labels } from './series.js';

/** What of an event chooses its series. */
export type CallKey = Pick<CallFields, 'provider' | 'model' | 'operation' | 'attribution'>;

const KNOWN_OPERATIONS: ReadonlySet<string> = new Set(OPERATIONS);

/**
 * Finds the series of a call. Every label is capped, and so is the number of their combinations: when that is reached,
 * new ones are counted with attribution `other`, and past twice that with everything `other`. A combination that was
 * counted one way is counted that way for ever, so that what a start adds to the calls in flight its end takes away.
 */
export class CallIndex {
  readonly #calls = new Map<string, CallSeries>();
  readonly #operations = new Map<string, OperationSeries>();
  readonly #models = new Map<string, ModelSeries>();
  readonly #otherAttribution: Labels;
  #unsettled: RateLimitGauges[] = [];
  /** What was found last: the events of a call come close together, and most calls are of a few kinds. */
  #last: CallSeries | undefined;
  /** With which it was found, until the events that came in a row are counted: an application may change its own later. */
  #lastAttribution: CallKey['attribution'] | undefined;

  constructor(
    private readonly catalogue: Catalogue,
    private readonly limiter: LabelLimiter,
    private readonly attributionLabels: readonly string[],
    private readonly maxCombinations: number,
  ) {
    this.#otherAttribution = Object.fromEntries(attributionLabels.map((label) => [label, OTHER]));
    for (const label of ['provider', 'model', ...attributionLabels]) catalogue.counter('labelOverflow', { label });
  }

  of(call: CallKey): CallSeries {
    return this.#known(call) ?? this.#found(call);
  }

  /** The same for the end of a call: what of its labels came out as `other`, because they were full, is counted. */
  ofEnd(call: CallKey): CallSeries {
    const known = this.#known(call);
    if (known !== undefined) return known;
    const found = this.#found(call);
    this.#countOverflow(call, found);
    return found;
  }

  /**
   * The series when every label is let through as it is, as nearly all are. What a key was made of is compared, since
   * a hostile value could hold the character that separates the labels in it.
   */
  #known(call: CallKey): CallSeries | undefined {
    const known = this.#last !== undefined && this.#isOf(call, this.#last) ? this.#last : this.#byKey(call);
    if (known === undefined) return undefined;
    this.#last = known;
    this.#lastAttribution = call.attribution;
    return known;
  }

  #byKey(call: CallKey): CallSeries | undefined {
    const { provider, model, operation, attribution } = call;
    let key = `${provider}\0${model}\0${operation}`;
    for (const label of this.attributionLabels) key += `\0${attribution[label] ?? ''}`;
    const known = this.#calls.get(key);
    return known !== undefined && this.#isOf(call, known) ? known : undefined;
  }

  #isOf({ provider, model, operation, attribution }: CallKey, series: CallSeries): boolean {
    const { labels } = series;
    if (labels.model !== model || labels.operation !== operation || labels.provider !== provider) return false;
    // Mostly the event before was of the same call, and has the same object.
    if (series === this.#last && attribution === this.#lastAttribution) return true;
    for (const label of this.attributionLabels) {
      if (labels.attribution[label] !== (attribution[label] ?? '')) return false;
    }
    return true;
  }

  #found(call: CallKey): CallSeries {
    const labels = this.#labelsOf(call);
    return this.#find(labels, this.maxCombinations) ?? this.#collapsed(labels);
  }

  #countOverflow(call: CallKey, { labels }: CallSeries): void {
    const check = (label: string, given: string, value: string): void => {
      if (LabelLimiter.overflowed(given, value)) this.catalogue.counter('labelOverflow', { label }).add();
    };
    check('provider', call.provider, labels.provider);
    check('model', call.model, labels.model);
    for (const label of this.attributionLabels) {
      check(label, call.attribution[label] ?? '', labels.attribution[label] ?? '');
    }
  }

  /** The `http_status` label: a whole number of three digits, else `other`. */
  httpStatus(status: number): string {
    return Number.isInteger(status) && status >= 100 && status <= 999
      ? this.limiter.limit('http_status', String(status))
      : OTHER;
  }

  /** Takes the rate limits that an answer of this model told; they are to be settled before anybody reads them. */
  tellRateLimits({ rateLimits }: ModelSeries, told: ToldLimits): void {
    if (rateLimits.tell(told)) this.#unsettled.push(rateLimits);
  }

  /** The events that came in a row are counted. */
  settle(): void {
    this.#lastAttribution = undefined;
    for (const rateLimits of this.#unsettled) rateLimits.settle();
    this.#unsettled = [];
  }

  #collapsed(labels: CallLabels): CallSeries {
    const collapsed = { ...labels, attribution: this.#otherAttribution };
    return (
      this.#find(collapsed, 2 * this.maxCombinations) ??
      this.#get({ ...collapsed, provider: OTHER, model: OTHER, operation: OTHER })
    );
  }

  /** Undefined when the combination is new and there are `max` of them already. */
  #find(labels: CallLabels, max: number): CallSeries | undefined {
    return this.#calls.get(keyOf(labels)) ?? (this.#calls.size < max ? this.#get(labels) : undefined);
  }

  #get(labels: CallLabels): CallSeries {
    const { provider, model, operation } = labels;
    return getOrAdd(this.#calls, keyOf(labels), () => {
      const ofModel = getOrAdd(
        this.#models,
        `${provider}\0${model}`,
        () => new ModelSeries(this.catalogue, provider, model),
      );
      const ofOperation = getOrAdd(
        this.#operations,
        `${provider}\0${model}\0${operation}`,
        () => new OperationSeries(this.catalogue, { provider, model, operation }),
      );
      return new CallSeries(this.catalogue, labels, ofModel, ofOperation);
    });
  }

  #labelsOf({ provider, model, operation, attribution }: CallKey): CallLabels {
    const limited: Record<string, string> = {};
    for (const label of this.attributionLabels) {
      limited[label] = this.limiter.limit(label, attribution[label] ?? '');
    }
    return {
      provider: this.limiter.limit('provider', provider) || UNKNOWN_MODEL,
      model: this.limiter.limit('model', model) || UNKNOWN_MODEL,
      operation: KNOWN_OPERATIONS.has(operation) ? operation : OTHER,
      attribution: limited,
    };
  }
}

function keyOf({ provider, model, operation, attribution }: CallLabels): string {
  let key = `${provider}\0${model}\0${operation}`;
  for (const label in attribution) key += `\0${attribution[label] ?? ''}`;
  return key;
}
