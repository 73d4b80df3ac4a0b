import { Milliseconds, PercentUnit } from '@grafana/grafana-foundation-sdk/units';
import type { Config } from '../../../config/Config.js';
import type { Row } from '../layout.js';
import type { Queries } from '../queries.js';
import { HEIGHT, row } from '../rows.js';
import { shownThresholds } from '../styles/shownThresholds.js';
import { stat } from '../styles/stat.js';
import { slowSteps, slowCalls } from './slowShares.js';

/** The numbers of this moment. */
export function now(config: Config, q: Queries): Row {
  const { latency, firstToken } = shownThresholds(config);
  const { share, seconds } = slowCalls(config);
  return row(
    HEIGHT.tile,
    stat({
      title: 'p50 latency',
      description:
        'Half of the successful calls take longer. High: all calls suffer; the API is under load or answers have grown.',
      unit: Milliseconds,
      decimals: 1,
      vector: q.duration(0.5),
    }),
    stat({
      title: 'p95 latency',
      description:
        'One in twenty successful calls takes longer. High while p50 is not: some calls are long; see which model below.',
      unit: Milliseconds,
      decimals: 1,
      vector: q.duration(0.95),
      steps: latency.steps,
    }),
    stat({
      title: 'p99 latency',
      description:
        'One in a hundred successful calls takes longer. High alone: look at single calls through the marks in the graphs below.',
      unit: Milliseconds,
      decimals: 1,
      vector: q.duration(0.99),
    }),
    stat({
      title: 'p95 first token',
      description:
        'In one of twenty streams the first output comes later. High: long prompts, reasoning, or an API under load.',
      unit: Milliseconds,
      decimals: 1,
      vector: q.firstToken(0.95),
      steps: firstToken.steps,
    }),
    stat({
      title: 'p50 time per token',
      description:
        'Milliseconds between the tokens of a stream once it has begun. High: the API is under load; a smaller model is faster.',
      unit: Milliseconds,
      decimals: 1,
      vector: q.perToken(0.5),
    }),
    stat({
      title: 'Slow calls',
      description: `Share of the successful calls that take longer than ${seconds} s. Above 5 %: the p95 latency is beyond its bound; see which model below.`,
      unit: PercentUnit,
      decimals: 2,
      vector: share,
      steps: slowSteps,
    }),
  );
}
