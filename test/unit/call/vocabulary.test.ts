import { asCount, asRecord, asString } from '../../../src/call/guards.js';
import { expectsUsage, OPERATIONS } from '../../../src/call/operation.js';
import { CALL_STATUSES, callStatus } from '../../../src/call/status.js';

test('every outcome, streamed or not, has a status of its own', () => {
  const outcomes = ['success', 'error', 'aborted'] as const;
  const statuses = [false, true].flatMap((streaming) => outcomes.map((outcome) => callStatus(outcome, streaming)));

  expect(statuses).toEqual(CALL_STATUSES);
});

test('usage is expected of what is billed by tokens and answers with them', () => {
  expect(OPERATIONS.filter(expectsUsage)).toEqual(['chat', 'responses', 'completions', 'embeddings']);
});

test.each([
  [0, 0],
  [12, 12],
  [-1, undefined],
  [1.5, undefined],
  [NaN, undefined],
  [Infinity, undefined],
  [2 ** 53, undefined],
  ['1', undefined],
  [null, undefined],
])('asCount(%p) is %p', (value, expected) => {
  expect(asCount(value)).toBe(expected);
});

test('asRecord and asString take nothing for what it is not', () => {
  const record = { a: 1 };

  expect([asRecord(record), asRecord([]), asRecord(null), asRecord('a')]).toEqual([
    record,
    undefined,
    undefined,
    undefined,
  ]);
  expect([asString('a'), asString(''), asString(1), asString(undefined)]).toEqual(['a', '', undefined, undefined]);
});
