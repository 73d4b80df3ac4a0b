import fc from 'fast-check';
import type { CallResult } from '../../../src/call/call.js';
import { BatchOutput } from '../../../src/openai/BatchOutput.js';

function read(chunks: readonly Uint8Array[]) {
  const parts: [CallResult, string | undefined][] = [];
  const output = new BatchOutput({ add: (result, { missing }) => parts.push([result, missing]) });
  for (const chunk of chunks) output.push(chunk);
  output.end();
  return { parts, answers: output.answers };
}

const line = (body: object): string => JSON.stringify({ custom_id: 'ü', response: { status_code: 200, body } });
const usage = { prompt_tokens: 9, completion_tokens: 3, total_tokens: 12 };
const LINES = [
  line({ object: 'chat.completion', model: 'gpt-4o', usage, choices: [{ finish_reason: 'stop' }] }),
  'no JSON',
  '',
  '{"custom_id":"b","response":null,"error":{"code":"batch_expired"}}',
  `${line({ object: 'chat.completion', model: 'gpt-4o' })}\r`,
  line({ object: 'list', data: [], model: 'text-embedding-3-small', usage: { prompt_tokens: 5, total_tokens: 5 } }),
];
const bytes = Buffer.from(LINES.join('\n'));

test('each answer is told once, however the file is cut', () => {
  const whole = read([bytes]);
  expect(
    whole.parts.map(([{ usage: told, serviceTier }, missing]) => [told?.totalTokens, serviceTier, missing]),
  ).toEqual([
    [12, 'batch', undefined],
    [undefined, 'batch', 'not_sent'],
    [5, 'batch', undefined],
  ]);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 200 }), (size) => {
      const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
        bytes.subarray(i * size, (i + 1) * size),
      );
      expect(read(chunks)).toEqual(whole);
      expect(read(chunks.map((chunk) => Buffer.concat([chunk])))).toEqual(whole);
    }),
  );
});

test('of a file and of a line of any size little is held', () => {
  const output = new BatchOutput({ add: () => undefined });
  const piece = Buffer.alloc(1024 * 1024, 'x');
  output.push(Buffer.from('{"response":{"body":{"a":"'));
  const before = process.memoryUsage().arrayBuffers;
  for (let i = 0; i < 64; i += 1) output.push(piece);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(8 * 1024 * 1024);

  output.push(Buffer.from('"}}}\n'));
  expect(output.answers).toBe(1);
});
