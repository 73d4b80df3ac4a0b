import { asTraceId, traceIdOf } from '../../../src/call/traceparent.js';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const SPAN = '00f067aa0ba902b7';

test.each([
  ['sampled', `00-${TRACE}-${SPAN}-01`],
  ['not sampled', `00-${TRACE}-${SPAN}-00`],
  ['with white space around it', ` 00-${TRACE}-${SPAN}-01\t`],
  ['of a later version', `01-${TRACE}-${SPAN}-01`],
  ['of a later version with more fields', `cc-${TRACE}-${SPAN}-01-what-the-future-brings`],
])('a traceparent %s names its trace', (_name, header) => {
  expect(traceIdOf(header)).toBe(TRACE);
});

test.each([
  ['no header', undefined],
  ['several headers', [`00-${TRACE}-${SPAN}-01`, `00-${TRACE}-${SPAN}-01`]],
  ['an empty one', ''],
  ['capital letters', `00-${TRACE.toUpperCase()}-${SPAN}-01`],
  ['a trace id of zeros', `00-${'0'.repeat(32)}-${SPAN}-01`],
  ['a parent id of zeros', `00-${TRACE}-${'0'.repeat(16)}-01`],
  ['a short trace id', `00-${TRACE.slice(1)}-${SPAN}-01`],
  ['a long trace id', `00-${TRACE}0-${SPAN}-01`],
  ['no flags', `00-${TRACE}-${SPAN}`],
  ['more than version 00 has', `00-${TRACE}-${SPAN}-01-more`],
  ['version ff, which is forbidden', `ff-${TRACE}-${SPAN}-01`],
  ['a line break', `00-${TRACE}-${SPAN}-01\nx`],
  ['a megabyte', `01-${TRACE}-${SPAN}-01-${'x'.repeat(1_000_000)}`],
])('%s names none', (_name, header) => {
  expect(traceIdOf(header)).toBeUndefined();
});

test.each([[TRACE.toUpperCase()], ['x'.repeat(32)], ['0'.repeat(32)], ['"} 1'], [7], [null]])(
  '%p is no trace id',
  (value) => {
    expect(asTraceId(value)).toBeUndefined();
  },
);
