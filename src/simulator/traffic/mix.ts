/** One sort of call that the traffic makes. */
export interface TrafficRow {
  /** Share of all calls; the shares add up to 1. */
  readonly share: number;
  readonly api: 'chat' | 'responses' | 'embeddings';
  readonly model: string;
  readonly stream: boolean;
  readonly app: string;
  readonly feature: string;
  /** Tokens of a system prompt that all calls of this row begin with, long enough to be cached. */
  readonly systemTokens?: number;
  readonly withTools?: boolean;
}

/**
 * An imagined product: a web and a mobile application and nightly batches. Every model gets at least 8 % of the calls,
 * so that at 3 calls a second each has data within a minute and one error is no alarm; the dear models get little
 * enough that each stays below half of the default warning of 10 USD/h even at the busiest hour.
 */
export const MIX: readonly TrafficRow[] = [
  { share: 0.26, api: 'chat', model: 'gpt-4o-mini', stream: true, app: 'web', feature: 'chat' },
  { share: 0.08, api: 'chat', model: 'gpt-4o', stream: true, app: 'web', feature: 'chat' },
  { share: 0.09, api: 'chat', model: 'gpt-4.1', stream: true, app: 'mobile', feature: 'chat' },
  { share: 0.08, api: 'chat', model: 'o4-mini', stream: true, app: 'web', feature: 'search' },
  { share: 0.06, api: 'chat', model: 'gpt-4o-mini', stream: false, app: 'mobile', feature: 'search', withTools: true },
  {
    share: 0.09,
    api: 'chat',
    model: 'gpt-4.1-mini',
    stream: false,
    app: 'batch',
    feature: 'summarise',
    systemTokens: 1536,
  },
  { share: 0.12, api: 'responses', model: 'gpt-5-mini', stream: true, app: 'mobile', feature: 'search' },
  { share: 0.08, api: 'responses', model: 'gpt-5', stream: true, app: 'web', feature: 'summarise' },
  { share: 0.14, api: 'embeddings', model: 'text-embedding-3-small', stream: false, app: 'batch', feature: 'search' },
];

/** The row under a number from 0 to 1. */
export function rowAt(position: number): TrafficRow {
  let end = 0;
  const found = MIX.find((row) => (end += row.share) > position);
  const [first] = MIX;
  const row = found ?? first;
  if (row === undefined) throw new RangeError('the mix of the traffic is empty');
  return row;
}
