import type OpenAI from 'openai';
import { AIPerformanceMonitor } from '../../../src/monitor/AIPerformanceMonitor.js';
import { withAttribution } from '../../../src/monitor/withAttribution.js';
import { monitorOpenAI } from '../../../src/openai/monitorOpenAI.js';
import { createPriceBook } from '../../../src/pricing/createPriceBook.js';
import { InMemoryMetricsReporter } from '../../../src/reporters/InMemoryMetricsReporter.js';
import { settled } from '../../helpers/measuredClient.js';
import { EVENT_STREAM, jsonAnswer, response } from '../../helpers/openaiAnswers.js';
import { startScriptedServer, type Answer, type ScriptedServer } from '../../helpers/scriptedServer.js';
import { SDKS } from '../../helpers/sdks.js';
import { until } from '../../helpers/until.js';
import { startGateway } from '../../helpers/withGateway.js';

const SHOP = { app: 'shop', feature: 'report' };
const headers = { 'x-promptmeter-app': SHOP.app, 'x-promptmeter-feature': SHOP.feature };
const { usage } = response;

let server: ScriptedServer;
let reporter: InMemoryMetricsReporter;
let client: OpenAI;
let close: () => Promise<void>;

beforeEach(async () => {
  server = await startScriptedServer();
  reporter = new InMemoryMetricsReporter();
});
afterEach(async () => {
  await close();
  await server.close();
});

const monitorOf = () => new AIPerformanceMonitor({ metricsReporter: reporter, priceBook: createPriceBook() });

const library = (sdk: (typeof SDKS)[number]) => () => {
  const bare = new sdk.OpenAI({ apiKey: 'sk-test', maxRetries: 0, baseURL: server.url });
  client = monitorOpenAI(bare, { monitor: monitorOf() });
  close = () => Promise.resolve();
  return Promise.resolve();
};

const throughGateway = async () => {
  const { gateway, url } = await startGateway(`${server.url}/v1`, { monitor: monitorOf() });
  client = new SDKS[1]!.OpenAI({ apiKey: 'sk-test', maxRetries: 0, baseURL: `${url}/v1` });
  close = () => gateway.close(0);
};

/** Makes a call that is answered like this, and tells how it was recorded. */
async function recorded(answer: Answer, call: () => Promise<unknown>) {
  server.script(answer);
  const before = reporter.ended.length;
  await call();
  await until(() => reporter.ended.length > before, 'the end of the call');
  await settled(reporter);
  expect(reporter.ended).toHaveLength(before + 1);
  const [event, metrics] = reporter.ended.at(-1)!;
  return { event, ...metrics };
}

const NO_USAGE = {
  event: 'ai_request_complete',
  promptTokens: null,
  usageMissing: null,
  costUsd: null,
  unpriced: false,
};
const inBackground = (fields: object) => jsonAnswer({ ...response, background: true, usage: null, ...fields });
const begin = () =>
  withAttribution(SHOP, () =>
    client.responses.create({ model: 'gpt-4.1', input: 'Hi', background: true }, { headers }),
  );
const batch = (fields: object) =>
  jsonAnswer({ id: 'batch_1', object: 'batch', endpoint: '/v1/responses', status: 'validating', ...fields });

describe.each([
  ...SDKS.map((sdk) => [`the library on ${sdk.version}`, library(sdk)] as const),
  ['the gateway', throughGateway] as const,
])('through %s', (_way, start) => {
  beforeEach(start);

  test('the usage of a response in the background counts once, for whom it was begun, when it is retrieved', async () => {
    const retrieve = () => client.responses.retrieve('resp_1');

    expect(await recorded(inBackground({ status: 'queued' }), begin)).toMatchObject({
      ...NO_USAGE,
      operation: 'responses',
      usageMissing: 'background',
    });
    expect(await recorded(inBackground({ status: 'in_progress' }), retrieve)).toMatchObject(NO_USAGE);
    expect(await recorded(jsonAnswer(response), retrieve)).toMatchObject({
      event: 'ai_request_complete',
      model: 'gpt-4.1',
      attribution: SHOP,
      promptTokens: 20,
      completionTokens: 5,
      tokenDetails: { cached_prompt: 8, reasoning: 3 },
      costUsd: expect.closeTo((12 * 2 + 8 * 0.5 + 5 * 8) / 1e6, 12) as number,
    });
    expect(await recorded(jsonAnswer(response), retrieve)).toMatchObject(NO_USAGE);
  });

  test('it counts once, too, when it is retrieved as a stream', async () => {
    const events = { headers: EVENT_STREAM, steps: [completed()] };
    const retrieve = async () => {
      const seen: unknown[] = [];
      for await (const event of await client.responses.retrieve('resp_1', { stream: true })) seen.push(event);
      expect(seen).toHaveLength(1);
    };

    await recorded(inBackground({ status: 'queued' }), begin);

    expect(await recorded(events, retrieve)).toMatchObject({ promptTokens: 20, completionTokens: 5 });
    expect(await recorded(events, retrieve)).toMatchObject({ promptTokens: null });
  });

  test('one that failed in the background is an error once', async () => {
    const failed = inBackground({ status: 'failed', error: { code: 'server_error', message: 'PROMPT-SECRET' }, usage });
    const retrieve = () => client.responses.retrieve('resp_1');

    await recorded(inBackground({ status: 'queued' }), begin);

    expect(await recorded(failed, retrieve)).toMatchObject({
      event: 'ai_request_error',
      errorType: 'server_error',
      promptTokens: 20,
    });
    expect(await recorded(failed, retrieve)).toMatchObject(NO_USAGE);
  });

  test('one that is cancelled has no usage, and retrieving it adds none', async () => {
    const cancelled = inBackground({ status: 'cancelled' });

    await recorded(inBackground({ status: 'queued' }), begin);

    expect(await recorded(cancelled, () => client.responses.cancel('resp_1'))).toMatchObject(NO_USAGE);
    expect(await recorded(cancelled, () => client.responses.retrieve('resp_1'))).toMatchObject(NO_USAGE);
  });

  test('a response that was begun elsewhere, or answered at once, is not counted again by who retrieves it', async () => {
    const create = () => client.responses.create({ model: 'gpt-4.1', input: 'Hi' });

    expect(await recorded(jsonAnswer(response), () => client.responses.retrieve('resp_1'))).toMatchObject(NO_USAGE);
    expect(await recorded(jsonAnswer(response), create)).toMatchObject({ promptTokens: 20, usageMissing: null });
    expect(await recorded(jsonAnswer(response), () => client.responses.retrieve('resp_1'))).toMatchObject(NO_USAGE);
  });

  test('the usage of a batch counts once, at the price of batches, when its status has it', async () => {
    const create = () =>
      withAttribution(SHOP, () =>
        client.batches.create(
          { input_file_id: 'file-1', endpoint: '/v1/responses', completion_window: '24h' },
          { headers },
        ),
      );
    const retrieve = () => client.batches.retrieve('batch_1');
    const done = batch({ status: 'completed', model: 'gpt-4.1-2025-04-14', usage });

    expect(await recorded(batch({}), create)).toMatchObject({ ...NO_USAGE, operation: 'batches' });
    expect(await recorded(batch({ status: 'finalizing', usage }), retrieve)).toMatchObject(NO_USAGE);
    expect(await recorded(done, retrieve)).toMatchObject({
      operation: 'batches',
      model: 'gpt-4.1-2025-04-14',
      attribution: SHOP,
      promptTokens: 20,
      serviceTier: 'batch',
      costUsd: expect.closeTo((20 * 1 + 5 * 4) / 1e6, 12) as number,
    });
    expect(await recorded(done, retrieve)).toMatchObject(NO_USAGE);
  });

  test.each<[string, Answer, () => Promise<unknown>, number]>([
    [
      'speech by the character',
      { headers: { 'content-type': 'audio/mpeg' }, steps: ['audio'] },
      async () =>
        (await client.audio.speech.create({ model: 'tts-1', voice: 'alloy', input: 'x'.repeat(200) })).arrayBuffer(),
      (200 * 15) / 1e6,
    ],
    [
      'images by their number, size and quality',
      jsonAnswer({ created: 1, data: [{ url: 'http://x' }, { url: 'http://y' }] }),
      () => client.images.generate({ model: 'dall-e-3', prompt: 'x', n: 2, size: '1024x1024', quality: 'hd' }),
      2 * 0.08,
    ],
    [
      'transcripts by the minute',
      jsonAnswer({ text: 'x', usage: { type: 'duration', seconds: 90 } }),
      () => client.audio.transcriptions.create({ model: 'whisper-1', file: new File(['audio'], 'a.mp3') }),
      1.5 * 0.006,
    ],
  ])('%s: the cost is known', async (_what, answer, call, usd) => {
    expect(await recorded(answer, call)).toMatchObject({
      event: 'ai_request_complete',
      unpriced: false,
      costUsd: expect.closeTo(usd, 12) as number,
    });
  });
});

function completed(): string {
  const event = { type: 'response.completed', sequence_number: 9, response: { ...response, background: true } };
  return `event: response.completed\ndata: ${JSON.stringify(event)}\n\n`;
}
