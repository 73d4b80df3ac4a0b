import { linkAddress } from '../../../src/preview/web/app/linkAddress.js';
import { readAddress, writeSearch } from '../../../src/preview/web/app/Address.js';
import { fixed } from '../../../src/preview/web/query/VariableValue.js';

const context = { prefix: '/dashboards', time: 'from=now-1h&to=now', variables: { model: fixed('a b') } };
const scope = { model: fixed('a b'), '__data.fields.Model': fixed('<x>&y'), '__value.raw': fixed('3') };

test.each([
  ['/d/other?${__url_time_range}&${__all_variables}', '/dashboards/d/other?from=now-1h&to=now&var-model=a%20b'],
  ['/d/other?var-model=${__data.fields.Model}', '/dashboards/d/other?var-model=%3Cx%3E%26y'],
  ['/d/other?var-model=${__data.fields["Model"]}', '/dashboards/d/other?var-model=%3Cx%3E%26y'],
  ['/d/other?v=${__value.raw}&m=$model', '/dashboards/d/other?v=3&m=a%20b'],
  ['https://example.com/runbook#${model}', 'https://example.com/runbook#a%20b'],
  ['javascript:alert(1)', undefined],
  ['data:text/html,x', undefined],
  ['//evil.example', undefined],
  ['/\\evil.example', undefined],
  ['nonsense', undefined],
])('the link %s leads to %s', (url, expected) => {
  expect(linkAddress(url, scope, context)).toBe(expected);
});

test('what an address says is written back as it was', () => {
  const search = 'from=now-6h&to=now&theme=light&var-model=a&var-model=b+c';
  const { uid, ...address } = readAddress('/dashboards/d/board-1/slug', `?${search}`, '/dashboards');
  expect(uid).toBe('board-1');
  expect(writeSearch(address)).toBe(search);
});
