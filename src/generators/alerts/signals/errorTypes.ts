import { METRICS } from '../../../metrics/catalogue.js';
import { noneOf, oneOf, type Match } from '../../promql/match.js';
import { record, recorded, type RecordingRule } from '../../promql/recordingRule.js';
import { NOT_ABORTED } from '../../promql/statuses.js';
import type { Vector } from '../../promql/vector.js';
import { increaseOver } from '../counted/growth.js';
import type { Part } from '../counted/pieces.js';
import { CALLS, ERRORS } from '../counted/sources.js';
import { callsOf, seriesOf } from '../series.js';
import { asRecorded, FEWEST, type Signal } from '../Signal.js';
import { RATIO } from '../units.js';

const ended: Part = { source: CALLS, matchers: { status: NOT_ABORTED } };
/** What only someone with a key or a credit card can mend. */
const OF_ACCOUNT = ['authentication', 'quota_exceeded'];

type Parts = Pick<Signal, 'kind' | 'group' | 'alert' | 'title' | 'summary' | 'description'>;

/** Calls that failed for one of these reasons, by reason, of all calls that were not aborted. */
function signal(types: Match, sample: string, metric: string, parts: Parts): Signal {
  return {
    ...parts,
    unit: RATIO,
    fewest: FEWEST,
    counted: 'calls that were not aborted',
    extra: { label: 'error_type', sample },
    parts: [{ source: ERRORS, kept: ['error_type'] }, ended],
    value: (window, by) => record(metric, `ratio_rate${window}`, share(types, window, by)),
    inUnit: asRecorded,
    traffic: calls,
    greatest: 1,
    growth: ({ labels, value, calls }) => {
      const calling = (status: string, count: number) => callsOf({ ...labels, status }, count);
      return {
        ...calling('success', calls * (1 - value)),
        ...calling('error', calls * value),
        ...calling('aborted', calls),
        [seriesOf(METRICS.errors.name, { ...labels, error_type: sample })]: calls * value,
        [seriesOf(METRICS.errors.name, { ...labels, error_type: 'aborted' })]: calls,
      };
    },
  };
}

function calls(window: string, by: readonly string[]): RecordingRule {
  return record('ai_requests_not_aborted', `increase${window}`, increaseOver([ended], window, by));
}

function share(error_type: Match, window: string, by: readonly string[]): Vector<string> {
  const failed = increaseOver([{ source: ERRORS, matchers: { error_type } }], window, [...by, 'error_type']);
  const whole = recorded(calls(window, by));
  return {
    text: `${failed.text}\n/ on (${by.join(', ')}) group_left ()\n(${whole.text} > 0)`,
    labels: failed.labels,
  };
}

export const ERROR_TYPE_RATIO = signal(noneOf([...OF_ACCOUNT, 'aborted']), 'rate_limit', METRICS.errors.name, {
  group: 'error-types',
  kind: 'errorTypeRatio',
  alert: 'AIErrorTypeRatioHigh',
  title: 'share of calls that fail for one reason',
  summary: ({ model, bound, extra }) => `${model} fails with ${extra}: more than ${bound} of the calls`,
  description: ({ provider, model, value, bound, window, extra }) =>
    `${value} of the calls to ${model} at ${provider} failed with ${extra} in the last ${window}; the threshold is ${bound}.`,
});

export const ACCOUNT_ERROR_RATIO = signal(oneOf(OF_ACCOUNT), 'quota_exceeded', 'ai_account_errors', {
  group: 'account',
  kind: 'accountErrorRatio',
  alert: 'AIAccountRefused',
  title: 'share of calls refused for the key or the quota',
  summary: ({ provider, extra }) => `${provider} refuses the account: ${extra}`,
  description: ({ provider, model, value, bound, window, extra }) =>
    `${value} of the calls to ${model} at ${provider} were refused with ${extra} in the last ${window}; the threshold is ${bound}. Trying again does not help.`,
});
