import { APIS, streamed, type Api } from '../../helpers/apis.js';
import { clientPair, settled } from '../../helpers/measuredClient.js';
import { jsonAnswer } from '../../helpers/openaiAnswers.js';
import { outcomeOf } from '../../helpers/outcome.js';
import { RESET, STALL, startScriptedServer, type Script, type ScriptedServer } from '../../helpers/scriptedServer.js';
import { SDKS } from '../../helpers/sdks.js';

interface Fault {
  readonly title: string;
  readonly script: (api: Api, good: Script) => readonly Script[];
  readonly baseURL?: string;
  readonly maxRetries?: number;
  readonly timeout?: number;
  /** What is recorded: absent for a success. */
  readonly errorType?: string;
  readonly attempts: readonly object[];
}

const refused = 'http://127.0.0.1:1';
const errorAnswer = (status: number, error: object = {}): Script =>
  jsonAnswer({ error: { message: 'PROMPT-SECRET', type: 'x', param: null, code: null, ...error } }, status, {
    'x-request-id': 'req_1',
    'retry-after-ms': '1',
  });

const http = (status: number, errorType: string, error: object = {}): Fault => ({
  title: `HTTP ${status} ${JSON.stringify(error)}`,
  script: () => [errorAnswer(status, error)],
  errorType,
  attempts: [{ httpStatus: status }],
});

const FAULTS: readonly Fault[] = [
  { title: 'nothing', script: (_api, good) => [good], attempts: [{ httpStatus: 200 }] },
  http(400, 'invalid_request'),
  http(400, 'context_length', { code: 'context_length_exceeded' }),
  http(401, 'authentication', { code: 'invalid_api_key' }),
  http(403, 'permission'),
  http(404, 'not_found', { code: 'model_not_found' }),
  http(409, 'invalid_request'),
  http(422, 'invalid_request'),
  http(429, 'rate_limit', { code: 'rate_limit_exceeded' }),
  http(429, 'quota_exceeded', { code: 'insufficient_quota' }),
  http(500, 'server_error'),
  http(503, 'overloaded'),
  http(529, 'overloaded'),
  {
    title: 'an error that is not JSON',
    script: () => [{ status: 502, headers: { 'content-type': 'text/html' }, steps: ['<html>'] }],
    errorType: 'server_error',
    attempts: [{ httpStatus: 502 }],
  },
  {
    title: 'a retry that succeeds',
    script: (_api, good) => [errorAnswer(429), { instead: RESET }, good],
    maxRetries: 2,
    attempts: [{ httpStatus: 429 }, { retryReason: 'rate_limit' }, { httpStatus: 200, retryReason: 'connection' }],
  },
  {
    title: 'retries that are exhausted',
    script: () => [errorAnswer(500), errorAnswer(503)],
    maxRetries: 1,
    errorType: 'overloaded',
    attempts: [{ httpStatus: 500 }, { httpStatus: 503, retryReason: 'server_error' }],
  },
  { title: 'connection refused', script: () => [], baseURL: refused, errorType: 'connection', attempts: [{}] },
  {
    title: 'a name that does not resolve',
    script: () => [],
    baseURL: 'http://nowhere.invalid',
    errorType: 'connection',
    attempts: [{}],
  },
  { title: 'TLS that fails', script: () => [], baseURL: 'https', errorType: 'connection', attempts: [{}] },
  { title: 'a reset before headers', script: () => [{ instead: RESET }], errorType: 'connection', attempts: [{}] },
  {
    title: 'a stall before headers past the time limit',
    script: () => [{ instead: STALL }],
    timeout: 60,
    errorType: 'timeout',
    attempts: [{}],
  },
  {
    title: 'a stall past the time limit, then a retry that succeeds',
    script: (_api, good) => [{ instead: STALL }, good],
    timeout: 300,
    maxRetries: 1,
    attempts: [{}, { httpStatus: 200, retryReason: 'timeout' }],
  },
];

let server: ScriptedServer;
beforeAll(async () => {
  server = await startScriptedServer();
});
afterAll(async () => {
  await server.close();
});

describe.each(SDKS)('$version', ({ OpenAI }) => {
  describe.each(APIS)('$name', (api) => {
    describe.each(['json', 'stream'] as const)('as %s', (mode) => {
      test.each(FAULTS)('$title', async (fault) => {
        const { script, errorType, attempts, maxRetries = 0, timeout = 5000 } = fault;
        const baseURL =
          fault.baseURL === 'https' ? server.url.replace('http:', 'https:') : (fault.baseURL ?? server.url);
        const { bare, measured, reporter } = clientPair(OpenAI, { baseURL, maxRetries, timeout });
        const run = async (client: InstanceType<typeof OpenAI>) => {
          server.script(...script(api, mode === 'json' ? jsonAnswer(api.json) : streamed(api)));
          return await outcomeOf(async (see) => {
            if (mode === 'json') see(await api.create(client));
            else for await (const event of await api.stream(client)) see(event);
          });
        };
        const expected = await run(bare);
        expect(await run(measured)).toEqual(expected);
        await settled(reporter);

        const kind = mode === 'json' ? 'request' : 'stream';
        const end = errorType === undefined ? 'complete' : 'error';
        expect(reporter.ended.map(([name]) => name)).toEqual([`ai_${kind}_${end}`]);
        expect(reporter.ended[0]?.[1]).toMatchObject({
          operation: api.name,
          usageMissing: null,
          ...(errorType === undefined ? api.usage : { errorType, totalTokens: null }),
        });
        const seen = reporter
          .metricsOf('ai_attempt')
          .map(({ httpStatus, retryReason }) => ({ httpStatus, retryReason }));
        expect(seen).toEqual(attempts);
        expect(reporter.inFlight).toBe(0);
        expect(JSON.stringify(reporter.events)).not.toContain('SECRET');
      });
    });
  });
});
