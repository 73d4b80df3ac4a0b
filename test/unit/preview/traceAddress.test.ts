import { traceAddress } from '../../../src/preview/web/app/traceAddress.js';

test.each([
  ['the id is put in', 'https://t.example.com/{trace_id}', 'abc', 'https://t.example.com/abc'],
  [
    'what an address would read is escaped',
    'https://t.example.com/{trace_id}',
    'a/../?b',
    'https://t.example.com/a%2F..%2F%3Fb',
  ],
  ['without a place there is no address', undefined, 'abc', undefined],
  ['a script is no address', 'javascript:alert("{trace_id}")', 'abc', undefined],
])('%s', (_name, template, id, address) => {
  expect(traceAddress(template, id)).toBe(address);
});
