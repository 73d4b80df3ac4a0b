import { PercentUnit } from '@grafana/grafana-foundation-sdk/units';
import type { Config } from '../../../config/Config.js';
import { DURATION_BUCKETS_MS, FIRST_TOKEN_BUCKETS_MS } from '../../../metrics/buckets.js';
import type { LabelOf } from '../../../metrics/catalogue.js';
import { bucketOf, nearestBound } from '../../promql/buckets.js';
import { badRatioRecord } from '../../alerts/objectives/names.js';
import { minus } from '../../promql/functions.js';
import { oneOf } from '../../promql/match.js';
import { select, type MatchersOf } from '../../promql/select.js';
import { SUCCEEDED } from '../../promql/statuses.js';
import { bucketRates, observationRates, ratio, sum, type Vector } from '../../promql/vector.js';
import type { Row } from '../layout.js';
import { noObjectives, objectives, untilCounted } from '../objectivePanels.js';
import { HEIGHT, row } from '../rows.js';
import { graph } from '../styles/graph.js';
import { RATE } from '../styles/query.js';
import { risingSteps } from '../styles/thresholds.js';
import { chosenFilters } from '../variables.js';

const MS = 1000;

/** The thresholds are about the 95th percentile, so one call in twenty may be slower. */
export const slowSteps = risingSteps(0.05);

interface SlowShare<L extends string> {
  readonly share: Vector<L>;
  /** What counts as slow: the warning of promptmeter.yaml, or the next bound that the histogram tells apart. */
  readonly seconds: number;
}

export function slowCalls<B extends LabelOf<'duration'> = never>(config: Config, by: readonly B[] = []): SlowShare<B> {
  const bound = boundOf(config, 'latencyP95', DURATION_BUCKETS_MS);
  return { share: shareAbove(config, 'duration', { status: SUCCEEDED }, bound, by), seconds: bound / MS };
}

function slowStarts<B extends LabelOf<'firstToken'> = never>(config: Config, by: readonly B[] = []): SlowShare<B> {
  const bound = boundOf(config, 'firstTokenP95', FIRST_TOKEN_BUCKETS_MS);
  return { share: shareAbove(config, 'firstToken', {}, bound, by), seconds: bound / MS };
}

/** Calls beyond what promptmeter.yaml holds to be slow, and how much of that its objectives allow. */
export function slowShares(config: Config): readonly Row[] {
  return [slowByModel(config), slowAgainstObjectives(config)];
}

/** The objectives are about all calls that they name, so the choice at the top does not narrow this. */
function slowAgainstObjectives({ slos }: Config): Row {
  const title = 'Slow share against the objectives';
  const description =
    'Share of the calls that are slower than an objective promises, over 5 minutes, beside the share that it allows. Above what is allowed for long: the promise will be broken; see the dashboard "Service levels". Not narrowed by the choice at the top.';
  const names = slos.flatMap(({ name, kind }) => (kind === 'availability' ? [] : [name]));
  if (names.length === 0) return row(3, noObjectives(title, description));
  const chosen = { slo: oneOf(names) };
  return row(
    HEIGHT.graph,
    graph({
      title,
      description,
      unit: PercentUnit,
      decimals: 2,
      queries: [
        { vector: untilCounted(badRatioRecord('5m'), 0, chosen), legend: '{{slo}}' },
        { vector: { text: `1 - ${objectives(chosen).text}`, labels: ['slo'] }, legend: '{{slo}}: allowed' },
      ],
      noValue: 'no objective',
    }),
  );
}

function slowByModel(config: Config): Row {
  const calls = slowCalls(config, ['model']);
  const starts = slowStarts(config, ['model']);
  return row(
    HEIGHT.graph,
    graph({
      title: 'Slow calls by model',
      description: `Share of the successful calls that take longer than ${calls.seconds} s. Above the line more are slow than the threshold of p95 latency allows: shorten answers, or use a faster model.`,
      unit: PercentUnit,
      decimals: 2,
      queries: [{ vector: calls.share, legend: '{{model}}' }],
      steps: slowSteps,
    }),
    graph({
      title: 'Slow first tokens by model',
      description: `Share of the streams whose first output takes longer than ${starts.seconds} s. Above the line more wait than the threshold of p95 first token allows: shorten prompts, or let them be cached.`,
      unit: PercentUnit,
      decimals: 2,
      queries: [{ vector: starts.share, legend: '{{model}}' }],
      steps: slowSteps,
    }),
  );
}

/** The warning, else the critical bound, in milliseconds and where the histogram has one. */
function boundOf({ thresholds }: Config, kind: 'latencyP95' | 'firstTokenP95', bounds: readonly number[]): number {
  const { warning, critical } = thresholds.defaults[kind];
  return nearestBound(bounds, (warning ?? critical ?? Infinity) * MS);
}

function shareAbove<K extends 'duration' | 'firstToken', B extends LabelOf<K> = never>(
  config: Config,
  key: K,
  matchers: MatchersOf<K>,
  bound: number,
  by: readonly B[],
): Vector<B> {
  const chosen = chosenFilters(config);
  const all = sum(observationRates(select(key, matchers, chosen), RATE), by);
  const fast = select(key, matchers, (spec) => ({ ...chosen(spec), le: bucketOf(bound) }));
  const { text } = minus(all, sum<LabelOf<K> | 'le', B>(bucketRates(fast, RATE), by));
  return ratio({ text: `(${text})`, labels: by }, all);
}
