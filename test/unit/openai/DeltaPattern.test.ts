import fc from 'fast-check';
import { DeltaPattern } from '../../../src/openai/DeltaPattern.js';
import { SseParser } from '../../../src/openai/sse.js';
import { streamFixture, streamFixtureNames } from '../../helpers/streamFixtures.js';

const chunk = (content: string, more: object = {}): Buffer =>
  Buffer.from(
    `data: ${JSON.stringify({ id: '1', choices: [{ index: 0, delta: { content } }], usage: null, ...more })}\n\n`,
  );

const patternOf = (raw: Uint8Array): DeltaPattern => {
  const pattern = DeltaPattern.of(raw, Buffer.from(raw).toString());
  if (pattern === undefined) throw new Error('has no pattern');
  return pattern;
};

test.each([
  ['another word', chunk('there')],
  ['no text', chunk('')],
  ['line breaks and quotes', chunk('\n"\\\t')],
  ['other alphabets', chunk('天気 ü 🌧')],
])('a delta with %s is of the pattern', (_name, raw) => {
  expect(patternOf(chunk('hello')).matches(raw)).toBe(true);
});

test.each([
  ['usage', chunk('x', { usage: { prompt_tokens: 1 } })],
  ['an error', chunk('x', { error: {} })],
  ['another choice', Buffer.from(chunk('x').toString().replace('"index":0', '"index":1'))],
  ['a line break that JSON does not allow', Buffer.from(chunk('x').toString().replace('"x"', '"x\n"'))],
  ['an escape that JSON does not know', Buffer.from(chunk('x').toString().replace('"x"', '"\\x"'))],
  ['an escape cut short', Buffer.from(chunk('x').toString().replace('"x"', '"\\"'))],
  ['a text that does not end', chunk('x').subarray(0, chunk('x').indexOf('"x"') + 2)],
  ['something behind it', Buffer.concat([chunk('x'), Buffer.from(' ')])],
  ['its end cut off', chunk('x').subarray(0, -1)],
  ['nothing', Buffer.alloc(0)],
])('an event with %s is not', (_name, raw) => {
  expect(patternOf(chunk('hello')).matches(raw)).toBe(false);
});

test('the padding that the API adds may differ as well', () => {
  expect(patternOf(chunk('a', { obfuscation: 'xyz' })).matches(chunk('b', { obfuscation: '12' }))).toBe(true);
});

const parsed = (raw: Uint8Array): unknown => JSON.parse(Buffer.from(raw).toString().slice('data: '.length));

test('whatever is of the pattern is JSON that differs in nothing but the text', () => {
  const first = chunk('hello', { obfuscation: 'abc' });
  const pattern = patternOf(first);
  const edit = fc.record({ at: fc.nat(first.length), cut: fc.nat(4), insert: fc.uint8Array({ maxLength: 4 }) });
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 3 }), (edits) => {
      const raw = edits.reduce<Buffer>(
        (bytes, { at, cut, insert }) => Buffer.concat([bytes.subarray(0, at), insert, bytes.subarray(at + cut)]),
        first,
      );
      if (!pattern.matches(raw)) return;
      const text: unknown = expect.any(String);
      expect(parsed(raw)).toEqual({
        ...(parsed(first) as object),
        choices: [{ index: 0, delta: { content: text } }],
        obfuscation: text,
      });
    }),
    { numRuns: 20_000 },
  );
});

test.each(streamFixtureNames)(
  'in the recorded stream %s, what is of the pattern of the event before tells the same',
  (name) => {
    const events = new SseParser().push(streamFixture(name)).filter(({ data }) => data.startsWith('{'));
    const texts = /"(content|obfuscation)":"(?:[^"\\]|\\.)*"/g;
    for (const [at, { raw, data }] of events.entries()) {
      const before = events[at - 1];
      if (before === undefined || DeltaPattern.of(before.raw, before.data)?.matches(raw) !== true) continue;
      expect(data.replace(texts, '')).toBe(before.data.replace(texts, ''));
    }
  },
);
