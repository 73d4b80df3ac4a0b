import { HeaderNames } from '../../../src/gateway/HeaderNames.js';

const said = (names: HeaderNames, raw: readonly string[]): readonly string[] => names.of(raw).map((name) => name.said);

test.each([
  ['the same again', ['Host', 'a', 'Accept', 'b']],
  ['other values', ['Host', 'c', 'Accept', 'd']],
  ['another order', ['Accept', 'b', 'Host', 'a']],
  ['another case', ['host', 'a', 'accept', 'b']],
  ['fewer', ['Host', 'a']],
  ['more', ['Host', 'a', 'X-First', 'b', 'Accept', 'c']],
  ['twice', ['Host', 'a', 'Host', 'b']],
  ['none', []],
])('whatever the head before had, names are as they came: %s', (_title, raw) => {
  const names = new HeaderNames();
  names.of(['Host', 'a', 'Accept', 'b']);
  const expected = raw.filter((_part, at) => at % 2 === 0);
  expect(said(names, raw)).toEqual(expected);
  expect(said(names, raw)).toEqual(expected);
  expect(names.of(raw).map((name) => name.lower)).toEqual(expected.map((name) => name.toLowerCase()));
});
