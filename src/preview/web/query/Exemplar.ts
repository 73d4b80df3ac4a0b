import { numberOf, objectOf, objectsOf, textOf } from '../json.js';

/** One call that was observed, and the trace that it is part of. */
export interface Exemplar {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly value: number;
  readonly traceId: string;
}

/** What Prometheus answers to `query_exemplars`; those without a trace lead nowhere and are left out. */
export function readExemplars(data: unknown): readonly Exemplar[] {
  return objectsOf(data)
    .flatMap(({ exemplars }) => objectsOf(exemplars))
    .flatMap((each) => {
      const traceId = textOf(objectOf(each['labels'])['trace_id']);
      const [at, value] = [numberOf(each['timestamp']), Number(textOf(each['value'], 'NaN'))];
      return traceId === '' || at === undefined || Number.isNaN(value) ? [] : [{ at: at * 1000, value, traceId }];
    });
}
