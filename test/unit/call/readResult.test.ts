import { FINISH_REASONS, finishReason } from '../../../src/call/finishReason.js';
import { readResult } from '../../../src/call/readResult.js';

describe('readResult', () => {
  test('reads a chat completion with several choices', () => {
    const result = readResult({
      object: 'chat.completion',
      model: 'gpt-4o-2024-08-06',
      service_tier: 'flex',
      choices: [{ finish_reason: 'stop' }, { finish_reason: 'length' }, { finish_reason: null }],
      usage: { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 },
    });

    expect(result).toEqual({
      responseModel: 'gpt-4o-2024-08-06',
      serviceTier: 'flex',
      finishReasons: ['stop', 'length'],
      usage: { promptTokens: 1, completionTokens: 2, totalTokens: 3, details: {} },
    });
  });

  test('reads an embedding, which has no finish reason', () => {
    const result = readResult({ object: 'list', model: 'e', usage: { prompt_tokens: 8, total_tokens: 8 } });

    expect([result.usage?.promptTokens, result.usage?.completionTokens, result.finishReasons]).toEqual([8, 0, []]);
  });

  test.each([
    ['a complete response', { status: 'completed', output: [{ type: 'message' }] }, ['stop']],
    ['a response that calls a tool', { status: 'completed', output: [{ type: 'function_call' }] }, ['tool_calls']],
    [
      'a response cut by its limit',
      { status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' } },
      ['length'],
    ],
    [
      'a filtered response',
      { status: 'incomplete', incomplete_details: { reason: 'content_filter' } },
      ['content_filter'],
    ],
    ['an incomplete response without a reason', { status: 'incomplete', incomplete_details: null }, ['other']],
    ['a response in progress', { status: 'in_progress' }, []],
    ['a failed response', { status: 'failed' }, []],
  ])('tells why %s ended', (_name, fields, expected) => {
    expect(readResult({ object: 'response', ...fields }).finishReasons).toEqual(expected);
  });

  test.each([['a text'], [undefined], [null], [42], [[1, 2]]])('knows nothing of %p', (answer) => {
    expect(readResult(answer)).toEqual({});
  });

  test('ignores fields of the wrong type', () => {
    expect(readResult({ model: 5, service_tier: {}, choices: ['x', null, { finish_reason: 3 }], usage: 'y' })).toEqual({
      usage: undefined,
      responseModel: undefined,
      serviceTier: undefined,
      finishReasons: [],
    });
  });
});

test.each([
  ['stop', 'stop'],
  ['length', 'length'],
  ['max_output_tokens', 'length'],
  ['tool_calls', 'tool_calls'],
  ['function_call', 'tool_calls'],
  ['content_filter', 'content_filter'],
  ['insufficient_system_resource', 'other'],
  ['', 'other'],
  ['constructor', 'other'],
])('the finish reason %p is %s', (said, expected) => {
  expect(finishReason(said)).toBe(expected);
  expect(FINISH_REASONS).toContain(finishReason(said));
});
