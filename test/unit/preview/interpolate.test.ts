import { interpolate, interpolateQuery, queryParameters } from '../../../src/preview/web/query/interpolate.js';
import { fixed, type VariableValue } from '../../../src/preview/web/query/VariableValue.js';

const several = (...values: string[]): VariableValue => ({
  values,
  text: values.join(' + '),
  isAll: false,
  allValue: '',
  isRegex: true,
});
const all: VariableValue = { values: ['a', 'b'], text: 'All', isAll: true, allValue: '.*', isRegex: true };

const scope = {
  model: several('gpt-4.1', 'o3'),
  one: several('gpt-4.1'),
  evil: several('a"} or vector(1) #'),
  slash: several('a\\b'),
  all,
  listed: { ...all, allValue: '' },
  quantile: fixed('0.95'),
  __rate_interval: fixed('1m'),
};

test.each([
  ['x{model=~"$model"}', String.raw`x{model=~"(gpt-4\\.1|o3)"}`],
  ['x{model=~"${one}"}', String.raw`x{model=~"gpt-4\\.1"}`],
  ['x{model=~"[[all]]"}', 'x{model=~".*"}'],
  ['x{model=~"$listed"}', 'x{model=~"(a|b)"}'],
  ['rate(x[$__rate_interval])', 'rate(x[1m])'],
  ['histogram_quantile($quantile, x)', 'histogram_quantile(0.95, x)'],
  ['x{model=~"$evil"}', String.raw`x{model=~"a\"\\} or vector\\(1\\) #"}`],
  ['x{model=~"$slash"}', String.raw`x{model=~"a\\\\b"}`],
  ['x{a="${model:pipe}"}', 'x{a="gpt-4.1|o3"}'],
  ['$unknown stays', '$unknown stays'],
])('in a query, %s becomes %s', (query, expected) => {
  expect(interpolateQuery(query, scope)).toBe(expected);
});

test.each([
  ['of $model', 'of gpt-4.1 + o3'],
  ['${model:csv}', 'gpt-4.1,o3'],
  ['${model:json}', '["gpt-4.1","o3"]'],
  ['${model:queryparam}', 'var-model=gpt-4.1&var-model=o3'],
  ['${all:text}', 'All'],
  ['${evil:percentencode}', 'a%22%7D%20or%20vector(1)%20%23'],
])('in text, %s becomes %s', (text, expected) => {
  expect(interpolate(text, scope)).toBe(expected);
});

test('an address carries all as one value', () => {
  expect(queryParameters({ all, one: several('x y') })).toBe('var-all=%24__all&var-one=x%20y');
});
