import { withSimulator } from '../../helpers/withSimulator.js';

const CHAT = '/v1/chat/completions';
const messages = [{ role: 'user', content: 'hi' }];
const LONG = 'word '.repeat(200_000);

interface Case {
  readonly what: string;
  readonly path?: string;
  readonly method?: string;
  readonly body?: unknown;
  readonly key?: string;
  readonly expected: { readonly status: number; readonly code: string | null; readonly param?: string | null };
}

const invalid = (param: string | null, code: string | null) => ({ status: 400, param, code });

const CASES: readonly Case[] = [
  { what: 'an unknown path', path: '/v1/nothing', expected: { status: 404, code: null } },
  { what: 'a path outside of the API', path: '/', expected: { status: 404, code: null } },
  { what: 'the wrong method', path: '/v1/models', expected: { status: 405, code: 'method_not_supported' } },
  { what: 'no key', key: '', expected: { status: 401, code: 'invalid_api_key' } },
  { what: 'a wrong key', key: 'Bearer sk-invalid', expected: { status: 401, code: 'invalid_api_key' } },
  { what: 'malformed JSON', body: '{"model":', expected: invalid(null, null) },
  { what: 'JSON that is no object', body: '[]', expected: invalid(null, null) },
  { what: 'no model', body: { messages }, expected: invalid(null, null) },
  {
    what: 'an unknown model',
    body: { model: 'gpt-none', messages },
    expected: { status: 404, code: 'model_not_found' },
  },
  {
    what: 'a model of another path',
    body: { model: 'text-embedding-3-small', messages },
    expected: invalid('model', null),
  },
  { what: 'no messages', body: { model: 'gpt-4o' }, expected: invalid('messages', 'missing_required_parameter') },
  { what: 'empty messages', body: { model: 'gpt-4o', messages: [] }, expected: invalid('messages', 'empty_array') },
  {
    what: 'messages that are text',
    body: { model: 'gpt-4o', messages: 'hi' },
    expected: invalid('messages', 'invalid_type'),
  },
  {
    what: 'a message without a role',
    body: { model: 'gpt-4o', messages: [{ content: 'hi' }] },
    expected: invalid('messages[0].role', 'missing_required_parameter'),
  },
  { what: 'n of 0', body: { model: 'gpt-4o', messages, n: 0 }, expected: invalid('n', 'integer_below_min_value') },
  { what: 'n of 129', body: { model: 'gpt-4o', messages, n: 129 }, expected: invalid('n', 'integer_above_max_value') },
  {
    what: 'max_tokens for a model that reasons',
    body: { model: 'o4-mini', messages, max_tokens: 5 },
    expected: invalid('max_tokens', 'unsupported_parameter'),
  },
  {
    what: 'stream_options without a stream',
    body: { model: 'gpt-4o', messages, stream_options: { include_usage: true } },
    expected: invalid('stream_options', null),
  },
  {
    what: 'a prompt that is too long',
    body: { model: 'gpt-4o', messages: [{ role: 'user', content: LONG }] },
    expected: invalid('messages', 'context_length_exceeded'),
  },
  {
    what: 'no input',
    path: '/v1/responses',
    body: { model: 'gpt-4o' },
    expected: invalid('input', 'missing_required_parameter'),
  },
  {
    what: 'no text to embed',
    path: '/v1/embeddings',
    body: { model: 'text-embedding-3-small' },
    expected: invalid('input', 'missing_required_parameter'),
  },
  {
    what: 'an empty text to embed',
    path: '/v1/embeddings',
    body: { model: 'text-embedding-3-small', input: [''] },
    expected: invalid('input', null),
  },
];

describe('refusals', () => {
  it.each(CASES)(
    'answers $what like the API',
    ({ path = CHAT, method = 'POST', body = {}, key = 'Bearer sk-test', expected }) =>
      withSimulator({}, async ({ url }) => {
        const response = await fetch(`${url}${path}`, {
          method,
          headers: { authorization: key, 'content-type': 'application/json' },
          body: typeof body === 'string' ? body : JSON.stringify(body),
        });
        const { status, ...error } = expected;
        expect(response.status).toBe(status);
        expect(await response.json()).toMatchObject({
          error: { message: expect.stringMatching(/./) as string, ...error },
        });
        expect(response.headers.get('x-request-id')).toMatch(/^req_/);
      }),
  );

  it('refuses a body beyond 50 MB and goes on working', () =>
    withSimulator({}, async ({ url, client }) => {
      const headers = { authorization: 'Bearer sk-test' };
      const response = await fetch(`${url}${CHAT}`, {
        method: 'POST',
        headers,
        body: Buffer.alloc(50 * 1024 * 1024 + 1),
      });
      expect(response.status).toBe(413);
      await response.text();
      expect((await client.models.list()).data.length).toBeGreaterThan(0);
    }));

  it('refuses the call after the last one of the minute, and says when to come again', async () => {
    const { SIMULATED_MODELS } = await import('../../../src/simulator/index.js');
    const models = SIMULATED_MODELS.map((model) => ({ ...model, requestsPerMinute: 2 }));
    await withSimulator({ models }, async ({ client }) => {
      const ask = () =>
        client.chat.completions.create({ model: 'gpt-4o', messages: [{ role: 'user', content: 'hi' }] }).withResponse();
      expect((await ask()).response.headers.get('x-ratelimit-remaining-requests')).toBe('1');
      await ask();
      const error: unknown = await ask().catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ status: 429, code: 'rate_limit_exceeded', type: 'requests' });
      if (!(error instanceof Error) || !('headers' in error) || !(error.headers instanceof Headers)) throw error;
      expect(Number(error.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(error.headers.get('x-ratelimit-remaining-requests')).toBe('0');
    });
  });
});
