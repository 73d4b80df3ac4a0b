import { METRICS } from '../../../metrics/catalogue.js';
import type { RecordingRule } from '../../promql/recordingRule.js';
import type { RuleTest } from '../AlertGroup.js';
import { seriesOf } from '../series.js';

const calls = (instance: string, status: string, values: string) => ({
  series: seriesOf(`${METRICS.duration.name}_count`, {
    provider: 'openai',
    model: 'a',
    operation: 'chat',
    status,
    instance,
  }),
  values,
});

/** What windows are put together from: one number for all processes, whatever becomes of each of them. */
export function inputTests(): readonly RuleTest[] {
  return [
    {
      name: 'calls of all processes are counted once, through a restart, a new replica and the end of one',
      interval: 60,
      input_series: [
        // A call a second for ten minutes, a restart, then as before.
        calls('restarts', 'success', '0+60x10 0+60x10'),
        calls('new', 'success', '_x10 0+120x20'),
        calls('ends', 'error', '0+30x10 stale'),
      ],
      promql_expr_test: [
        sample('10m', 'success', 1),
        sample('10m', 'error', 0.5),
        sample('20m', 'success', 3),
        { expr: rates('error'), eval_time: '20m', exp_samples: [] },
      ],
    },
  ];
}

/** A quarter of an hour and longer, of whatever is recorded: what its pieces come to. */
export function longInputTests(records: readonly RecordingRule[]): readonly RuleTest[] {
  const name = 'provider_model:ai_requests:rate15m';
  if (!records.some(({ record }) => record === name)) return [];
  const at = (eval_time: string, value: number) => ({
    expr: `round(${name}, 0.0625)`,
    eval_time,
    exp_samples: [{ labels: `{provider="openai", model="a"}`, value }],
  });
  return [
    {
      name: 'pieces that lie end to end come to the whole: what was not there yet counts as nothing, and a restart as no loss',
      interval: 60,
      input_series: [calls('restarts', 'success', '0+60x10 60+60x30'), calls('new', 'error', '_x30 0+60x10')],
      promql_expr_test: [at('5m', 0.3125), at('25m', 1), at('41m', 1.75)],
    },
  ];
}

function sample(eval_time: string, status: string, value: number) {
  return {
    expr: `round(${rates(status)}, 0.125)`,
    eval_time,
    exp_samples: [{ labels: `{provider="openai", model="a", status="${status}"}`, value }],
  };
}

function rates(status: string): string {
  return `provider_model_status:ai_requests:rate5m{status="${status}"}`;
}
