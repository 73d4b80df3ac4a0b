import OpenAI, {
  APIConnectionError,
  AuthenticationError,
  BadRequestError,
  InternalServerError,
  PermissionDeniedError,
  RateLimitError,
} from 'openai';
import { classifyError } from '../../../src/call/classifyError.js';
import { collect } from '../../helpers/collect.js';
import { until } from '../../helpers/until.js';
import { withSimulator, type RunningSimulator } from '../../helpers/withSimulator.js';

const ask = { model: 'gpt-4o', messages: [{ role: 'user' as const, content: 'hi' }] };

const whole = ({ client }: RunningSimulator, fault: string) =>
  client.chat.completions.create(ask, { headers: { 'x-simulate': fault } });

const streamed = async ({ client }: RunningSimulator, fault: string) =>
  collect(await client.chat.completions.create({ ...ask, stream: true }, { headers: { 'x-simulate': fault } }));

describe('faults by the header x-simulate', () => {
  it.each([
    ['401', AuthenticationError, { status: 401, code: 'invalid_api_key' }],
    ['403', PermissionDeniedError, { status: 403 }],
    ['429=7', RateLimitError, { status: 429, code: 'rate_limit_exceeded' }],
    ['insufficient_quota', RateLimitError, { status: 429, code: 'insufficient_quota' }],
    ['500', InternalServerError, { status: 500, type: 'server_error' }],
    ['503', InternalServerError, { status: 503 }],
    ['content_filter', BadRequestError, { status: 400, code: 'content_policy_violation' }],
    ['reset', APIConnectionError, {}],
    ['nonsense', BadRequestError, { param: 'x-simulate' }],
    ['slow=fast', BadRequestError, { param: 'x-simulate' }],
  ])('%s gives the SDK its own error class, with and without a stream', (fault, errorClass, fields) =>
    withSimulator({}, async (running) => {
      for (const call of [whole, streamed]) {
        const error: unknown = await call(running, fault).catch((thrown: unknown) => thrown);
        expect(error).toBeInstanceOf(errorClass);
        expect(error).toMatchObject(fields);
      }
    }),
  );

  it('429 says after how many seconds to come again', () =>
    withSimulator({}, async (running) => {
      const error: unknown = await whole(running, '429=7').catch((thrown: unknown) => thrown);
      if (!(error instanceof RateLimitError)) throw error;
      expect(error.headers.get('retry-after')).toBe('7');
      expect(error.headers.get('x-ratelimit-remaining-requests')).toBe('0');
    }));

  it('timeout keeps silent until the client gives up', () =>
    withSimulator({}, async ({ simulator, url }) => {
      const client = new OpenAI({
        apiKey: 'sk-test',
        baseURL: `${url}/v1`,
        maxRetries: 0,
        timeout: 50,
        logLevel: 'off',
      });
      const call = client.chat.completions.create(ask, { headers: { 'x-simulate': 'timeout' } });
      await expect(call).rejects.toBeInstanceOf(APIConnectionError);
      expect(simulator.ledger.report().rows).toMatchObject([{ outcome: 'timeout', status: 0, calls: 1 }]);
    }));

  it.each([
    ['cut', /terminated|closed|premature/i],
    ['error_event', /error while processing/],
    ['failed', /error while processing/],
    ['garbage', /JSON/],
  ])('%s breaks a stream after some text', (fault, message) =>
    withSimulator({}, async ({ client, simulator }) => {
      const stream = await client.chat.completions.create(
        { ...ask, stream: true },
        { headers: { 'x-simulate': fault } },
      );
      let text = '';
      const read = async () => {
        for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? '';
      };
      await expect(read()).rejects.toThrow(message);
      expect(text).not.toBe('');
      expect(simulator.ledger.report().rows).toMatchObject([{ outcome: fault, completionTokens: 5, usageTold: 0 }]);
    }),
  );

  it('stall stops a stream in the middle until the client leaves', () =>
    withSimulator({}, async ({ client, simulator }) => {
      const stream = await client.chat.completions.create(
        { ...ask, stream: true },
        { headers: { 'x-simulate': 'stall=3' } },
      );
      let seen = 0;
      for await (const { choices } of stream) if ((seen += choices.length) === 3) break;
      expect(seen).toBe(3);
      await until(() => simulator.ledger.report().inFlight === 0, 'the stalled call to end');
      expect(simulator.ledger.report().rows).toMatchObject([{ outcome: 'stall', completionTokens: 2 }]);
    }));

  it.each([
    ['cut', 'TypeError'],
    ['error_event', 'InternalServerError'],
    ['failed', 'InternalServerError'],
    ['garbage', 'SyntaxError'],
  ])('%s breaks an answer without a stream too, as a %s', (fault, errorClass) =>
    withSimulator({}, async (running) => {
      const error: unknown = await whole(running, fault).catch((thrown: unknown) => thrown);
      // By name, since errors of fetch itself belong to another realm than this test.
      expect(classifyError(error).errorName).toBe(errorClass);
    }),
  );

  it('no_done ends a stream without its last event', () =>
    withSimulator({}, async ({ url }) => {
      const bodyOf = async (fault: string) => {
        const headers = { authorization: 'Bearer sk-test', 'x-simulate': fault };
        const body = JSON.stringify({ ...ask, stream: true });
        return (await fetch(`${url}/v1/chat/completions`, { method: 'POST', headers, body })).text();
      };
      expect(await bodyOf('')).toMatch(/data: \[DONE\]\n\n$/);
      expect(await bodyOf('no_done')).toMatch(/"finish_reason":"stop"\}\].*\}\n\n$/);
    }));

  it('split tears events apart, and the SDK puts them together', () =>
    withSimulator({}, async (running) => {
      const chunks = await streamed(running, 'split');
      expect(chunks.at(-1)!.choices[0]!.finish_reason).toBe('stop');
    }));

  it('cost makes the answer that many times as many tokens', () =>
    withSimulator({}, async (running) => {
      const { usage } = await whole(running, 'cost=100');
      expect(usage!.prompt_tokens).toBe(800);
      expect(usage!.completion_tokens).toBeGreaterThan(2000);
    }));

  it('a Responses stream gets an error event of its own shape', () =>
    withSimulator({}, async ({ client }) => {
      const headers = { 'x-simulate': 'error_event' };
      const stream = await client.responses.create({ model: 'gpt-4.1', input: 'hi', stream: true }, { headers });
      expect((await collect(stream)).at(-1)).toMatchObject({ type: 'error', code: 'server_error', sequence_number: 6 });
    }));

  it('first-attempt lets the SDK succeed when it tries again', () =>
    withSimulator({}, async ({ url, simulator }) => {
      const client = new OpenAI({ apiKey: 'sk-test', baseURL: `${url}/v1`, maxRetries: 1, logLevel: 'off' });
      await client.chat.completions.create(ask, { headers: { 'x-simulate': '429=0, first-attempt' } });
      expect(simulator.ledger.report().rows).toMatchObject([
        { status: 200, outcome: 'answered', calls: 1 },
        { status: 429, outcome: 'refused', calls: 1 },
      ]);
    }));
});
