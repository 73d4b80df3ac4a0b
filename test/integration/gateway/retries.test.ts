import type OpenAI from 'openai';
import { APIS, streamed, type Api } from '../../helpers/apis.js';
import { clientPair } from '../../helpers/measuredClient.js';
import { jsonAnswer } from '../../helpers/openaiAnswers.js';
import { outcomeOf, type Outcome } from '../../helpers/outcome.js';
import { RESET, startScriptedServer, type Script, type ScriptedServer } from '../../helpers/scriptedServer.js';
import { SDKS } from '../../helpers/sdks.js';
import { until } from '../../helpers/until.js';
import { startGateway, type RunningGateway } from '../../helpers/withGateway.js';

const refusal = (status: number): Script =>
  jsonAnswer({ error: { message: 'no', type: 'x', param: null, code: null } }, status, { 'retry-after-ms': '1' });

const RETRIES = [
  {
    title: 'a retry that succeeds',
    script: (good: Script) => [refusal(429), refusal(503), good],
    ends: [{ errorType: 'rate_limit', httpStatus: 429 }, { errorType: 'overloaded', httpStatus: 503 }, {}],
    attempts: [
      { httpStatus: 429 },
      { httpStatus: 503, retryReason: 'rate_limit' },
      { httpStatus: 200, retryReason: 'overloaded' },
    ],
  },
  {
    title: 'a retry after a connection that was reset',
    script: (good: Script) => [{ instead: RESET } as const, good],
    ends: [{ errorType: 'connection' }, {}],
    attempts: [{}, { httpStatus: 200, retryReason: 'connection' }],
  },
  {
    title: 'retries that are exhausted',
    script: () => [refusal(500)],
    ends: [500, 500, 500].map((httpStatus) => ({ errorType: 'server_error', httpStatus })),
    attempts: [{}, ...['server_error', 'server_error'].map((retryReason) => ({ retryReason }))].map((attempt) => ({
      httpStatus: 500,
      ...attempt,
    })),
  },
];

const CALLS = APIS.flatMap((api) => [
  { what: `${api.name}, json`, api, stream: false },
  { what: `${api.name}, stream`, api, stream: true },
]);

let upstream: ScriptedServer;
let gateway: RunningGateway;

beforeEach(async () => {
  upstream = await startScriptedServer();
  gateway = await startGateway(`${upstream.url}/v1`);
});
afterEach(async () => {
  await gateway.gateway.close(0);
  await upstream.close();
});

const call = (client: OpenAI, api: Api, stream: boolean): Promise<Outcome> =>
  outcomeOf(async (see) => {
    if (!stream) see(await api.create(client));
    else for await (const event of await api.stream(client)) see(event);
  });

describe.each(SDKS)('$version through the gateway', ({ OpenAI: Client }) => {
  describe.each(CALLS)('$what', ({ api, stream }) => {
    test.each(RETRIES)('$title: seen as directly, each attempt one call of the gateway', async (retry) => {
      const good = stream ? streamed(api) : jsonAnswer(api.json);
      const at = async (baseURL: string): Promise<Outcome> => {
        upstream.script(...retry.script(good));
        return call(clientPair(Client, { baseURL, maxRetries: 2 }).bare, api, stream);
      };
      const directly = await at(`${upstream.url}/v1`);
      expect(await at(`${gateway.url}/v1`)).toEqual(directly);

      const { reporter } = gateway;
      await until(() => reporter.ended.length === retry.ends.length, 'every attempt to be recorded');
      const usage = stream ? api.streamUsage : api.usage;
      expect(reporter.ended.map(([, fields]) => fields)).toMatchObject(
        retry.ends.map((end) => ({ operation: api.name, ...('errorType' in end ? end : usage) })),
      );
      expect(reporter.metricsOf('ai_attempt')).toMatchObject(
        retry.attempts.map((attempt, index) => ({
          ...attempt,
          ...(index > 0 && { lostMs: expect.any(Number) as number }),
        })),
      );
      expect(reporter.inFlight).toBe(0);
    });
  });
});
