import { Dollars, Milliseconds, PercentUnit, RequestsPerSecond, Short } from '@grafana/grafana-foundation-sdk/units';
import type { Row } from '../layout.js';
import type { Queries } from '../queries.js';
import { HEIGHT, row } from '../rows.js';
import type { ShownThresholds } from '../styles/shownThresholds.js';
import { stat } from '../styles/stat.js';

/** The numbers of this moment. */
export function now(q: Queries, { latency, firstToken, errors }: ShownThresholds): Row {
  return row(
    HEIGHT.tile,
    stat({
      title: 'Requests',
      description: 'Calls that ended, a second. Far less than usual: look whether the applications still call.',
      unit: RequestsPerSecond,
      decimals: 2,
      vector: q.requests(),
    }),
    stat({
      title: 'Error ratio',
      description:
        'Share of failed calls, without those that the caller aborted. High: look at "Errors by type" below for why.',
      unit: PercentUnit,
      decimals: 2,
      vector: q.errorRatio(),
      steps: errors.steps,
    }),
    stat({
      title: 'p95 latency',
      description: 'One in twenty successful calls takes longer. High: see which model below, then its output length.',
      unit: Milliseconds,
      decimals: 1,
      vector: q.duration(0.95),
      steps: latency.steps,
    }),
    stat({
      title: 'p95 first token',
      description: 'In one of twenty streams the first output comes later. High: long prompts, or an API under load.',
      unit: Milliseconds,
      decimals: 1,
      vector: q.firstToken(0.95),
      steps: firstToken.steps,
    }),
    stat({
      title: 'Spend per hour',
      description: 'US dollars an hour at the present pace, over all models. High: see which model below.',
      unit: Dollars,
      decimals: 2,
      vector: q.usdPerHour(),
    }),
    stat({
      title: 'In flight',
      description: 'Calls that have begun and not ended. Growing without end: the API hangs; look at latency.',
      unit: Short,
      decimals: 0,
      vector: q.inFlight(),
    }),
  );
}
