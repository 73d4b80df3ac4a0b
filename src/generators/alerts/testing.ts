import { is, matcherText } from '../promql/match.js';
import type { ExpectedValues } from './AlertGroup.js';

/** How many alerts with these labels fire at a moment, where their texts are not what is tested. */
export function firing(
  alertname: string,
  labels: Readonly<Record<string, string>>,
  eval_time: string,
  count: number,
): ExpectedValues {
  const matchers = { alertname, alertstate: 'firing', ...labels };
  const selected = matcherText(
    Object.fromEntries(Object.entries(matchers).map(([label, value]) => [label, is(value)])),
  );
  return {
    expr: `count(ALERTS${selected}) or vector(0)`,
    eval_time,
    exp_samples: [{ labels: '{}', value: count }],
  };
}
