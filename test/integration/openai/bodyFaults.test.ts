import { APIS, type Api } from '../../helpers/apis.js';
import { clientPair, settled } from '../../helpers/measuredClient.js';
import { jsonAnswer } from '../../helpers/openaiAnswers.js';
import { outcomeOf } from '../../helpers/outcome.js';
import { RESET, STALL, startScriptedServer, type Script, type ScriptedServer } from '../../helpers/scriptedServer.js';
import { SDKS } from '../../helpers/sdks.js';

interface BodyFault {
  readonly title: string;
  readonly script: (api: Api) => readonly Script[];
  /** When the caller aborts: before the call, the server has the request, or the client has the answer's headers. */
  readonly abortsAt?: 'before' | 'request' | 'headers';
  readonly timeout?: number;
  readonly end: 'complete' | 'error' | 'aborted';
  readonly errorType?: string;
  readonly usageMissing?: 'not_sent' | 'aborted';
  /** Only openai 7 limits the time that a body may take, and tries again. */
  readonly onlyIn?: 'openai 7';
  readonly attempts?: readonly (number | undefined)[];
}

const half = ({ json }: Api): string => JSON.stringify(json).slice(0, 60);
const JSON_TYPE = { 'content-type': 'application/json' } as const;

const FAULTS: readonly BodyFault[] = [
  { title: 'none', script: ({ json }) => [jsonAnswer(json)], end: 'complete' },
  {
    title: 'bytes one by one',
    script: ({ json }) => [{ steps: [...Buffer.from(JSON.stringify(json))].map((byte) => Uint8Array.of(byte)) }],
    end: 'complete',
  },
  {
    title: 'an answer without usage',
    script: ({ json }) => [jsonAnswer({ ...json, usage: undefined })],
    end: 'complete',
    usageMissing: 'not_sent',
  },
  { title: 'a reset after headers', script: () => [{ steps: [RESET] }], end: 'error', errorType: 'connection' },
  {
    title: 'a reset in the middle',
    script: (api) => [{ steps: [half(api), RESET] }],
    end: 'error',
    errorType: 'connection',
  },
  {
    title: 'a body shorter than announced',
    script: (api) => [{ headers: { 'content-length': '10000' }, steps: [half(api), RESET] }],
    end: 'error',
    errorType: 'connection',
  },
  { title: 'half an object', script: (api) => [{ steps: [half(api)] }], end: 'error', errorType: 'unknown' },
  {
    title: 'text',
    script: () => [{ headers: { 'content-type': 'text/plain' }, steps: ['Hi'] }],
    end: 'complete',
    usageMissing: 'not_sent',
  },
  {
    title: 'no body by its length',
    script: () => [{ headers: { ...JSON_TYPE, 'content-length': '0' } }],
    end: 'complete',
    usageMissing: 'not_sent',
  },
  { title: '204', script: () => [{ status: 204 }], end: 'complete', usageMissing: 'not_sent' },
  { title: 'null', script: () => [jsonAnswer(null)], end: 'complete', usageMissing: 'not_sent' },
  {
    title: 'an error in a 200',
    script: () => [jsonAnswer({ error: { message: 'PROMPT-SECRET', code: 'rate_limit_exceeded' } })],
    end: 'error',
    errorType: 'rate_limit',
  },
  {
    title: "the caller's signal while the body comes",
    script: (api) => [{ steps: [half(api), STALL] }],
    abortsAt: 'headers',
    end: 'aborted',
    usageMissing: 'aborted',
  },
  {
    title: "the caller's signal before the call",
    script: ({ json }) => [jsonAnswer(json)],
    abortsAt: 'before',
    end: 'aborted',
    usageMissing: 'aborted',
  },
  {
    title: "the caller's signal before the headers",
    script: () => [{ instead: STALL }],
    abortsAt: 'request',
    end: 'aborted',
    usageMissing: 'aborted',
  },
  {
    title: 'a stall past the time limit',
    script: (api) => [{ steps: [half(api), STALL] }],
    timeout: 400,
    end: 'error',
    errorType: 'timeout',
    onlyIn: 'openai 7',
  },
];

let server: ScriptedServer;
beforeAll(async () => {
  server = await startScriptedServer();
});
afterAll(async () => {
  await server.close();
});

describe.each(SDKS)('$version', ({ version, OpenAI }) => {
  describe.each(APIS)('a body of $name', (api) => {
    test.each(FAULTS.filter(({ onlyIn = version }) => onlyIn === version))('$title', async (fault) => {
      const { script, abortsAt, timeout = 5000, end, errorType, usageMissing } = fault;
      let controller = new AbortController();
      const fetch = async (url: string | URL | Request, init?: RequestInit) => {
        const answered = await globalThis.fetch(url, init);
        if (abortsAt === 'before') controller.abort();
        if (abortsAt === 'headers') setTimeout(() => controller.abort(), 10);
        return answered;
      };
      const { bare, measured, reporter } = clientPair(OpenAI, { baseURL: server.url, timeout, fetch });
      const run = async (client: InstanceType<typeof OpenAI>) => {
        controller = new AbortController();
        const [answer] = script(api);
        server.script((request) => {
          if (abortsAt === 'request') controller.abort();
          return (typeof answer === 'function' ? answer(request) : answer) ?? {};
        });
        return await outcomeOf(async (see) => see(await api.create(client, { signal: controller.signal })));
      };
      const expected = await run(bare);
      expect(await run(measured)).toEqual(expected);
      await settled(reporter);

      const knowsUsage = end === 'complete' && usageMissing === undefined;
      expect(reporter.ended).toMatchObject([
        [
          `ai_request_${end}`,
          {
            usageMissing: usageMissing ?? null,
            ...(knowsUsage ? api.usage : { totalTokens: null }),
            ...(errorType === undefined ? {} : { errorType }),
          },
        ],
      ]);
      expect(reporter.inFlight).toBe(0);
      expect(JSON.stringify(reporter.events)).not.toContain('SECRET');
    });
  });

  test('a failed response is an error that has its usage', async () => {
    const { measured, reporter } = clientPair(OpenAI, { baseURL: server.url });
    const failed = { code: 'server_error', message: 'PROMPT-SECRET' };
    server.script(
      jsonAnswer({
        object: 'response',
        status: 'failed',
        error: failed,
        output: [],
        usage: { input_tokens: 3, output_tokens: 1 },
      }),
    );
    await measured.responses.create({ model: 'gpt-4.1', input: 'Hi' });
    expect(reporter.ended).toMatchObject([['ai_request_error', { errorType: 'server_error', promptTokens: 3 }]]);
  });
});

const [, , seven] = SDKS;
test('openai 7: a body that stalls past the time limit is tried again, as one call of two attempts', async () => {
  const api = APIS[0]!;
  const { bare, measured, reporter } = clientPair(seven!.OpenAI, { baseURL: server.url, timeout: 400, maxRetries: 1 });
  const script = () => server.script({ steps: [half(api), STALL] }, jsonAnswer(api.json));
  script();
  const expected = await api.create(bare);
  script();
  expect(await api.create(measured)).toEqual(expected);
  await settled(reporter);
  expect(reporter.metricsOf('ai_attempt').map(({ httpStatus, retryReason }) => [httpStatus, retryReason])).toEqual([
    [200, undefined],
    [200, 'timeout'],
  ]);
  expect(reporter.ended).toMatchObject([['ai_request_complete', api.usage]]);
});
