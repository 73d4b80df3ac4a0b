import fc from 'fast-check';
import type { Unmetered } from '../../../../src/call/unmetered.js';
import { createUsageEstimator } from '../../../../src/openai/estimate/createUsageEstimator.js';
import { slices } from '../../../../src/openai/estimate/slices.js';
import { METERED } from './meteredCalls.js';

const chat = (content: unknown, answered = ''): Unmetered => ({
  operation: 'chat',
  model: 'gpt-4o',
  request: { messages: [{ role: 'user', content }] },
  answered,
});
const estimator = createUsageEstimator();

/** docs/cost.md states these. A complete answer ends with a token that nobody sees; a broken off one has none. */
describe('the estimate is off by a known number of tokens from what the API told', () => {
  const offBy = { 'gpt-4o chat': [0], 'gpt-4-0613 chat': [0], 'gpt-4.1 chat': [0, -1], 'gpt-4.1 responses': [-18, -1] };
  test.each(METERED)('$model, $operation', async (call) => {
    const usage = await estimator.estimate(call);
    const { prompt, completion } = call.told;
    const errors = [
      (usage?.promptTokens ?? NaN) - prompt,
      ...(completion === null ? [] : [(usage?.completionTokens ?? NaN) - completion]),
    ];
    expect(errors).toEqual(offBy[`${call.model} ${call.operation}` as keyof typeof offBy]);
    expect(usage).toMatchObject({ estimated: true, totalTokens: usage!.promptTokens + usage!.completionTokens });
  });
});

describe('what text does not tell is unknown, not 0', () => {
  test.each<[string, Partial<Unmetered>]>([
    ['an image in the prompt', chat([{ type: 'image_url', image_url: { url: 'https://a' } }])],
    ['audio in the prompt', chat([{ type: 'input_audio', input_audio: {} }])],
    ['a request that is no JSON', { request: undefined }],
    ['messages that are none', { request: { messages: 'hello' } }],
    ['a message that is none', { request: { messages: ['hello'] } }],
    ['an earlier response', { operation: 'responses', request: { input: 'x', previous_response_id: 'resp_1' } }],
    ['a stored prompt', { operation: 'responses', request: { input: 'x', prompt: { id: 'p' } } }],
    ['a prompt of token numbers', { operation: 'completions', request: { prompt: [1, 2] } }],
    ['another operation', { operation: 'images', request: { prompt: 'x' } }],
  ])('%s', async (_what, call) => {
    expect(await estimator.estimate({ ...chat('x'), ...call })).toBeUndefined();
  });
});

test.each<[string, Unmetered, number]>([
  ['parts of text', chat([{ type: 'text', text: 'Hello' }, { type: 'text', text: ' world' }]), 9],
  ['texts that look like special tokens', chat('<|endoftext|>'), 14],
  ['instructions', { ...chat(''), operation: 'responses', request: { instructions: 'Be kind.', input: 'Hello' } }, 15],
  ['texts to embed', { ...chat(''), operation: 'embeddings', request: { input: ['Hello', 'Hello'] } }, 2],
  ['a prompt', { ...chat(''), operation: 'completions', request: { prompt: 'Hello' } }, 1],
])('it counts %s', async (_what, call, tokens) => {
  expect((await estimator.estimate(call))?.promptTokens).toBe(tokens);
}); // prettier-ignore

test('beyond its limit it takes the rest to be alike', async () => {
  const text = 'The quick brown fox jumps over the lazy dog. '.repeat(1000);
  const whole = await estimator.estimate(chat('', text));
  const part = await createUsageEstimator({ maxCharacters: 4500 }).estimate(chat('', text));
  expect(Math.abs(part!.completionTokens / whole!.completionTokens - 1)).toBeLessThan(0.005);
});

test('a word of 200,000 letters, whose time would grow with its square, does not hang it', async () => {
  const usage = await estimator.estimate(chat('', 'a'.repeat(200_000)));
  expect(usage?.completionTokens).toBeGreaterThan(20_000);
});

test('calls beyond those that may wait are not estimated, and later ones are again', async () => {
  const small = createUsageEstimator({ maxWaiting: 2 });
  const estimates = await Promise.all([1, 2, 3].map(() => small.estimate(chat('Hello'))));
  expect(estimates.map((usage) => usage !== undefined)).toEqual([true, true, false]);
  expect(await small.estimate(chat('Hello'))).toBeDefined();
});

test('slices are short, whole characters, and together the text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 1500, size: 'max' }), (text) => {
      const parts = [...slices(text)];
      expect(parts.join('')).toBe(text);
      for (const part of parts) {
        expect(part.length).toBeGreaterThan(0);
        expect(part.length).toBeLessThanOrEqual(500);
        expect(isHighHalf(part.charCodeAt(part.length - 1)) && part !== parts.at(-1)).toBe(false);
      }
    }),
    { numRuns: 50 },
  );
});

const isHighHalf = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;
