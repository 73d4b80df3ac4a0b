import fc from 'fast-check';
import { UsageStrip } from '../../../src/gateway/UsageStrip.js';
import { API_CALLS } from '../../helpers/apiAnswers.js';

/** An event that tells nothing of usage. */
const OTHER = 'data: {"choices":[]}\n\n';

/** What a client gets of these chunks. */
function stripped(chunks: readonly Uint8Array[]): string {
  const strip = new UsageStrip();
  const pieces = chunks.flatMap((chunk) => strip.push(Buffer.from(chunk)));
  return Buffer.concat([...pieces, ...strip.end()]).toString();
}

const [, chat] = API_CALLS;
const asked = Buffer.from(chat!.pieces(true).join(''));
const notAsked = chat!.pieces(false).join('');

test('wherever a stream is cut into chunks, the client gets what it would have got without usage', () => {
  const places = fc.uniqueArray(fc.nat(asked.length), { maxLength: 20 });
  fc.assert(
    fc.property(places, (at) => {
      const ends = [...at.sort((a, b) => a - b), asked.length];
      expect(stripped(ends.map((end, i) => asked.subarray(ends[i - 1] ?? 0, end)))).toBe(notAsked);
    }),
  );
});

test.each([
  ['usage first', 'data: {"usage":null,"choices":[{"a":1}]}\n\n', 'data: {"choices":[{"a":1}]}\n\n'],
  ['usage alone', 'data: {"usage":null}\n\n', 'data: {}\n\n'],
  ['usage last', 'data: {"choices":[{"a":1}],"usage":null}\n\n', 'data: {"choices":[{"a":1}]}\n\n'],
  [
    'obfuscation behind it',
    'data: {"choices":[],"usage":null,"obfuscation":"aB3-"}\n\n',
    'data: {"choices":[],"obfuscation":"aB3-"}\n\n',
  ],
  ['spaces', 'data: {"choices": [] , "usage" : null }\n\n', 'data: {"choices": []  }\n\n'],
])('null usage is taken out of a chunk with %s', (_name, event, expected) => {
  expect(stripped([Buffer.from(event)])).toBe(expected);
  expect(stripped([Buffer.from(OTHER + event + event + OTHER)])).toBe(OTHER + expected + expected + OTHER);
  expect(stripped([OTHER, event, event].map((text) => Buffer.from(text)))).toBe(OTHER + expected + expected);
});

test.each([
  ['usage on a chunk with choices', 'data: {"choices":[{"index":0}],"usage":{"prompt_tokens":1}}\n\n'],
  ['no choices and no usage', 'data: {"choices":[],"prompt_filter_results":[]}\n\n'],
  ['usage in what the model says', 'data: {"choices":[{"delta":{"content":",\\"usage\\":null"}}]}\n\n'],
  ['usage at the end of what the model says', 'data: {"a":",\\"usage\\":null","obfuscation":"x"}\n\n'],
  ['usage within another object', 'data: {"choices":[{"usage":null}]}\n\n'],
  ['a comment', ': "usage":null\n\n'],
  ['no JSON', 'data: {"usage":null\n\n'],
  ['several lines', 'data: {"choices":[1],\ndata: "usage":null}\n\n'],
  ['no end', 'data: {"choices":[{}]'],
  ['other fields', 'event: x\nid: 1\nretry: 5\ndata: [DONE]\n\n'],
  ['lines that end otherwise', 'data: {"a":1\r,"usage":null}\n\n'],
  ['usage behind an obfuscation that is no text of its own', 'data: {"a":",\\"obfuscation\\":\\"b","usage":1}\n\n'],
])('an event with %s stays as it is', (_name, event) => {
  expect(stripped([Buffer.from(event)])).toBe(event);
  expect(stripped([OTHER, event].map((text) => Buffer.from(text)))).toBe(OTHER + event);
});

test('an event behind a byte order mark that does not begin the stream stays as it is', () => {
  const marked = '\uFEFFdata: {"choices":[],"usage":null}\n\n';
  expect(stripped([OTHER, marked].map((text) => Buffer.from(text)))).toBe(OTHER + marked);
});

test('an event is passed on with the byte that makes it whole', () => {
  const strip = new UsageStrip();
  expect(strip.push(Buffer.from('data: 1\n'))).toHaveLength(0);
  expect(strip.push(Buffer.from('\n')).toString()).toBe('data: 1\n\n');
});
