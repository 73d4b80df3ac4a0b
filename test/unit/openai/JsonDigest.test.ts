import fc from 'fast-check';
import { readResult } from '../../../src/call/readResult.js';
import { JsonBody } from '../../../src/openai/JsonBody.js';
import { JsonDigest } from '../../../src/openai/JsonDigest.js';

function digest(json: string | Buffer, size = Infinity): unknown {
  const bytes = Buffer.from(json);
  const reader = new JsonDigest();
  for (let at = 0; at < bytes.length; at += size) reader.push(bytes.subarray(at, at + size));
  return reader.end();
}

test('JSON that is small all over is read as it is, however it is cut', () => {
  const leaf = fc.oneof(fc.string({ unit: 'binary', maxLength: 20 }), fc.integer(), fc.boolean(), fc.constant(null));
  const flat = fc.array(fc.dictionary(fc.string({ unit: 'grapheme', maxLength: 5 }), leaf), { maxLength: 4 });
  fc.assert(
    fc.property(flat, fc.integer({ min: 1, max: 9 }), fc.constantFrom(0, 2), (value, size, indent) => {
      expect(digest(JSON.stringify(value, null, indent), size)).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

test.each([
  ['a long string', { a: 'x'.repeat(257), b: 1 }, { a: '', b: 1 }],
  ['a long string that ends in escapes', { a: `${'x'.repeat(300)}\\\\"`, b: '\\' }, { a: '', b: '\\' }],
  [
    'lists far inside',
    { data: [{ embedding: [0.1, 'a]"', [2]], index: 0 }] },
    { data: [{ embedding: null, index: 0 }] },
  ],
  ['objects far inside', { a: { b: { c: { d: { e: { f: 1 } } } } } }, { a: { b: { c: { d: { e: null } } } } }],
])('of %s nothing is kept, and of what stands beside it all', (_what, value, kept) => {
  for (const size of [1, 2, 7, Infinity]) expect(digest(JSON.stringify(value), size)).toEqual(kept);
});

test.each(['', '{', '{"a":1}}', '[1,]', '{"a":tru}', '"', '{"a":[[[[1]]]', ']'])('%j is no JSON', (text) => {
  expect(digest(text)).toBeUndefined();
});

test('random bytes are read without a throw', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('{', '}', '[', ']', '"', ',', ':', '\\', '1', 'a', ' ') }),
      fc.integer({ min: 1, max: 3 }),
      (text, size) => {
        expect(() => digest(text, size)).not.toThrow();
      },
    ),
  );
});

const usage = { prompt_tokens: 9, total_tokens: 9 };
const picture = 'iVBORw0KGgo'.repeat(300_000);
const vector = Array.from({ length: 1536 }, (_, i) => i / 7);

test.each([
  ['embeddings', { object: 'list', data: Array(300).fill({ embedding: vector, index: 0 }), model: 'm', usage }],
  ['embeddings in base64', { data: Array(2).fill({ embedding: picture }), model: 'm', usage }],
  ['usage before what is large', { usage, model: 'm', data: [{ embedding: picture }] }],
  ['a chat with sound', { model: 'm', choices: [{ message: { content: picture, audio: { data: picture } } }], usage }],
])('of a large answer the usage is found: %s', (_what, answer) => {
  const body = new JsonBody();
  const bytes = Buffer.from(JSON.stringify(answer, null, 1));
  for (let at = 0; at < bytes.length; at += 65_536) body.push(bytes.subarray(at, at + 65_536));

  expect(bytes.length).toBeGreaterThan(1024 * 1024);
  expect(readResult(body.end())).toMatchObject({ responseModel: 'm', usage: { promptTokens: 9, totalTokens: 9 } });
});

test('of large pictures their number, size and quality are found', () => {
  const body = new JsonBody();
  body.push(
    Buffer.from(JSON.stringify({ size: '1024x1024', quality: 'high', data: Array(3).fill({ b64_json: picture }) })),
  );

  expect(readResult(body.end())).toMatchObject({ units: { images: { count: 3, size: '1024x1024', quality: 'high' } } });
});

test('of more than can be held nothing is known, and what is held stays bounded', () => {
  const reader = new JsonDigest();
  reader.push(Buffer.from('{"a":['));
  const numbers = Buffer.from('1,'.repeat(100_000));
  const before = process.memoryUsage().arrayBuffers;
  for (let i = 0; i < 100; i += 1) reader.push(numbers);

  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(8 * 1024 * 1024);
  reader.push(Buffer.from('1],"usage":{}}'));
  expect(reader.end()).toBeUndefined();
});
