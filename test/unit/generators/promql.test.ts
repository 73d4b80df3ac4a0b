import { CALL_STATUSES } from '../../../src/call/status.js';
import { durationSeconds } from '../../../src/generators/promql/duration.js';
import { is, matcherText, matches, noneOf, oneOf } from '../../../src/generators/promql/match.js';
import { record, recorded } from '../../../src/generators/promql/recordingRule.js';
import { select } from '../../../src/generators/promql/select.js';
import { FAILED, NOT_ABORTED, SUCCEEDED } from '../../../src/generators/promql/statuses.js';
import {
  bucketRates,
  divide,
  increase,
  observations,
  orZero,
  quantile,
  rate,
  ratio,
  sum,
  times,
  value,
} from '../../../src/generators/promql/vector.js';
import { hasFault } from '../../helpers/promql.js';

const requests = select('requests', { model: is('m') });

test.each([
  [value(select('inFlight')), 'ai_requests_in_flight'],
  [rate(requests, '5m'), 'rate(ai_requests_total{model="m"}[5m])'],
  [increase(requests, '1h'), 'increase(ai_requests_total{model="m"}[1h])'],
  [observations(select('duration'), '5m'), 'increase(ai_request_duration_ms_count[5m])'],
  [sum(rate(requests, '5m')), 'sum(rate(ai_requests_total{model="m"}[5m]))'],
  [sum(rate(requests, '5m'), ['model']), 'sum by (model) (rate(ai_requests_total{model="m"}[5m]))'],
  [
    quantile(0.95, bucketRates(select('firstToken'), '5m'), ['model']),
    '(histogram_quantile(0.95, sum by (le, model) (rate(ai_time_to_first_token_ms_bucket[5m]))) >= 0)',
  ],
  [times(sum(rate(requests, '5m')), 3600), 'sum(rate(ai_requests_total{model="m"}[5m])) * 3600'],
  [divide(sum(rate(requests, '5m')), 1000), 'sum(rate(ai_requests_total{model="m"}[5m])) / 1000'],
])('%# gives the PromQL that it stands for', (vector, text) => {
  expect(vector.text).toBe(text);
  expect(hasFault(text)).toBe(false);
});

test('a ratio leaves out a whole of 0 and counts a part without series as 0', () => {
  const whole = sum(rate(requests, '5m'));
  const { text } = ratio(sum(rate(select('requests', { status: FAILED }), '5m')), whole);
  expect(text.replace(/\s+/g, ' ')).toBe(
    `( sum(rate(ai_requests_total{status=~"error|error_stream"}[5m])) or 0 * ${whole.text} ) / ( ${whole.text} > 0 )`,
  );
  expect(hasFault(text)).toBe(false);
});

test('a vector without series becomes one named zero, and one with series stays as it is', () => {
  const { text } = orZero(sum(rate(select('errors'), '5m'), ['error_type']), 'error_type', 'none');
  expect(text).toMatch(/ or on \(\) label_replace\(vector\(0\), "error_type", "none", "", ""\)$/);
  expect(hasFault(text)).toBe(false);
});

test('a recording rule is named level:metric:operations and is asked for under that name', () => {
  const rule = record('ai_requests_total', 'rate5m', sum(rate(requests, '5m'), ['provider', 'model']));
  expect(rule).toMatchObject({ record: 'provider_model:ai_requests:rate5m' });
  expect(recorded(rule, { model: is('m') }).text).toBe('provider_model:ai_requests:rate5m{model="m"}');
  expect(recorded(rule).text).toBe('provider_model:ai_requests:rate5m');
});

test.each([
  [is('a"b\\c\n'), String.raw`{model="a\"b\\c\n"}`],
  [oneOf(['gpt-4.1', 'a|b', '(x)*']), String.raw`{model=~"gpt-4\\.1|a\\|b|\\(x\\)\\*"}`],
  [noneOf(['o3', 'o4']), '{model!~"o3|o4"}'],
  [matches('$model'), '{model=~"$model"}'],
])('%# matches names, whatever characters they hold', (match, text) => {
  expect(matcherText({ model: match })).toBe(text);
  expect(hasFault(`ai_requests_total${text}`)).toBe(false);
});

test('the groups of statuses name only statuses that calls can have', () => {
  const named = [SUCCEEDED, FAILED, NOT_ABORTED].flatMap((match) => match.value.split('|'));
  expect(named.sort()).toEqual([...CALL_STATUSES].sort());
});

test.each([
  ['15s', 15],
  ['1h30m', 5400],
  ['500ms', 0.5],
  ['1d', 86_400],
])('%s is %d seconds', (duration, seconds) => expect(durationSeconds(duration)).toBe(seconds));

test('names that the catalogue does not have do not compile', () => {
  // @ts-expect-error no such metric
  expect(() => select('requestz')).toThrow();
  // @ts-expect-error no such label on this metric
  select('requests', { detail: is('x') });
  // @ts-expect-error a gauge has no rate
  rate(select('inFlight'), '5m');
  // @ts-expect-error a counter has no buckets
  bucketRates(requests, '5m');
  // @ts-expect-error no such label to sum by
  sum(rate(requests, '5m'), ['detail']);
  // @ts-expect-error no such label to take a quantile by
  quantile(0.5, bucketRates(select('firstToken'), '5m'), ['status']);
  // @ts-expect-error no such label on the recorded series
  recorded(record('x', 'y', sum(rate(requests, '5m'), ['model'])), { provider: is('x') });
});
