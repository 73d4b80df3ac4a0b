import { METRICS } from '../../../metrics/catalogue.js';
import type { RecordingRule } from '../../promql/recordingRule.js';
import { record } from '../../promql/recordingRule.js';
import { increaseOver } from '../counted/growth.js';
import { recordsFor } from '../counted/pieces.js';
import { CALLS } from '../counted/sources.js';
import type { PlainAlert } from '../plainAlert.js';
import { seriesOf } from '../series.js';

const WINDOW = '15m';
/** Calls in the window that make it certain that silence is not chance. */
const ENOUGH = 100;

const calls15m: RecordingRule = record(
  METRICS.requests.name,
  `increase${WINDOW}`,
  increaseOver([{ source: CALLS }], WINDOW, ['provider']),
);

export const NO_TRAFFIC_RECORDS: readonly RecordingRule[] = [
  ...recordsFor([{ source: CALLS }], WINDOW, ['provider']),
  calls15m,
];

/** Nights are quiet slowly, so either the traffic ended at once, or there was some at this hour a week ago. */
const EXPR = [
  '(',
  `  max_over_time(${calls15m.record}[15m] offset 15m) >= ${ENOUGH}`,
  '  or',
  `  ${calls15m.record} offset 1w >= ${ENOUGH}`,
  ')',
  `unless ${calls15m.record} > 0`,
  `and on () ${METRICS.buildInfo.name}`,
].join('\n');

const calls = seriesOf(`${METRICS.duration.name}_count`, {
  provider: 'openai',
  model: 'a',
  status: 'success',
  operation: 'chat',
});
const alive = { series: METRICS.buildInfo.name, values: '1x200' };

export const NO_TRAFFIC: PlainAlert = {
  alert: 'PromptmeterNoTraffic',
  severity: 'warning',
  expr: EXPR,
  for: '1m',
  keepFiringFor: '30m',
  by: ['provider'],
  summary: ({ label }) => `No calls to ${label('provider')} any more`,
  description: ({ label }) =>
    `For ${WINDOW} no call to ${label('provider')} was measured, though there were at least ${ENOUGH} in ${WINDOW} just before or at this hour last week. Either nobody calls, or calls go past Promptmeter.`,
  firesWhen: `no call for ${WINDOW} where there were ${ENOUGH} in ${WINDOW} just before or a week ago`,
  minimum: `calls in ${WINDOW} before: ${ENOUGH}`,
  tests: [
    {
      name: 'fires when calls stop and ends after they come back',
      interval: 60,
      series: [{ series: calls, values: '0+10x40 400x25 410+10x80' }, alive],
      looks: [
        { at: '40m', fires: [] },
        { at: '60m', fires: [{ labels: { provider: 'openai' } }] },
        { at: '130m', fires: [] },
      ],
    },
    {
      name: 'fires when a restart leaves no series of the calls',
      interval: 60,
      series: [{ series: calls, values: '0+10x40 stale' }, alive],
      looks: [{ at: '62m', fires: [{ labels: { provider: 'openai' } }] }],
    },
    {
      name: 'does not fire where calls were few',
      interval: 60,
      series: [{ series: calls, values: '0+6x40 240x60' }, alive],
      looks: [
        { at: '57m', fires: [] },
        { at: '65m', fires: [] },
      ],
    },
    {
      name: 'leaves it to another alert when nothing reports at all',
      interval: 60,
      series: [
        { series: calls, values: '0+10x40 stale' },
        { series: METRICS.buildInfo.name, values: '1x40 stale' },
      ],
      looks: [{ at: '62m', fires: [] }],
    },
  ],
};
