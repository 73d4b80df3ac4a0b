import { PercentUnit } from '@grafana/grafana-foundation-sdk/units';
import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import type { Config } from '../../config/Config.js';
import { SLO_RECORDS } from '../alerts/objectives/names.js';
import { greatest, orElse } from '../promql/functions.js';
import { matcherText, type Match } from '../promql/match.js';
import { select } from '../promql/select.js';
import { value, type Vector } from '../promql/vector.js';
import { linkTo } from './links.js';
import { text } from './styles/text.js';
import { tiles } from './styles/stat.js';
import { fallingSteps } from './styles/thresholds.js';
import { LEVELS_UID } from './uids.js';

/** Share of the error budget below which to take care, and below which it is as good as gone. */
export const BUDGET_LEFT_STEPS = fallingSteps(0.5, 0.1);

type SloMatch = Readonly<{ slo?: Match }>;

/** What a rule has recorded of each objective, without the record's name: tables would tell rows apart by it. */
export function ofObjectives(record: string, chosen: SloMatch = {}): Vector<'slo'> {
  return greatest({ text: `${record}${matcherText(chosen)}`, labels: ['slo'] }, ['slo']);
}

/** The objectives as every exporter tells them from its start on: a ratio. */
export function objectives(chosen: SloMatch = {}): Vector<'slo'> {
  return greatest(value(select('sloObjective', chosen)), ['slo']);
}

/** What is recorded, or this number until the first calls of an objective were counted. */
export function untilCounted(record: string, number: number, chosen: SloMatch = {}): Vector<'slo'> {
  const known = objectives(chosen);
  return orElse(ofObjectives(record, chosen), ['slo'], { ...known, text: `0 * ${known.text} + ${number}` });
}

/** What is left of each objective's error budget. */
export function budgetLeftTiles(config: Config): Builder<Panel> {
  const title = 'Error budgets left';
  const description =
    'How much of the bad calls that each objective allows in its period is still unused: 100 % is all, below 0 the promise is broken. Low: stop risky changes and look at the dashboard "Service levels".';
  if (config.slos.length === 0) return noObjectives(title, description);
  return tiles({
    title,
    description,
    unit: PercentUnit,
    decimals: 1,
    queries: [{ vector: untilCounted(SLO_RECORDS.budgetLeft, 1), legend: '{{slo}}' }],
    steps: BUDGET_LEFT_STEPS,
    noValue: 'no objective',
    link: linkTo(config, LEVELS_UID, 'Are we keeping our promise?'),
  });
}

/** Says how to get one. */
export function noObjectives(title: string, description: string): Builder<Panel> {
  return text({
    title,
    description,
    content: 'There is no objective yet. Name one under `slos:` in `promptmeter.yaml` and run `npm run generate`.',
  });
}
