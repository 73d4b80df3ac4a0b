import type OpenAI from 'openai';
import { withAttribution } from '../../../src/monitor/withAttribution.js';
import { createPriceBook } from '../../../src/pricing/createPriceBook.js';
import { WAYS, type Way } from '../../helpers/bothWays.js';
import { jsonAnswer, response } from '../../helpers/openaiAnswers.js';
import { RESET, type Answer } from '../../helpers/scriptedServer.js';

const SHOP = { app: 'shop', feature: 'report' };
const headers = { 'x-promptmeter-app': SHOP.app, 'x-promptmeter-feature': SHOP.feature };
const { usage } = response;

let way: Way;
let client: OpenAI;
const recorded: Way['recorded'] = (...args) => way.recorded(...args);

afterEach(() => way.close());

const NO_USAGE = {
  event: 'ai_request_complete',
  promptTokens: null,
  usageMissing: null,
  costUsd: null,
  unpriced: false,
};
const batch = (fields: object) =>
  jsonAnswer({ id: 'batch_1', object: 'batch', endpoint: '/v1/responses', status: 'validating', ...fields });

const line = (custom_id: string, answer: object) =>
  JSON.stringify({ id: `batch_req_${custom_id}`, custom_id, response: answer, error: null });
const LINES = [
  line('a', { status_code: 200, body: { ...response, model: 'gpt-4.1-2025-04-14' } }),
  'no JSON',
  '',
  line('b', { status_code: 400, body: { error: { message: 'x', code: 'y' } } }),
  line('c', { status_code: 200, body: { ...response, model: 'gpt-4.1-2025-04-14' } }),
];

function outputFile(type: string): Answer {
  const bytes = LINES.join('\n');
  return { headers: { 'content-type': type }, steps: [bytes.slice(0, 50), bytes.slice(50, 900), bytes.slice(900)] };
}

describe.each(WAYS)('through %s', (_way, start) => {
  beforeEach(async () => {
    way = await start();
    ({ client } = way);
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

  describe('a batch whose status tells no usage', () => {
    const done = { status: 'completed', output_file_id: 'file-out' };
    const begun = async (fields: object = done): Promise<void> => {
      await recorded(batch({}), () =>
        withAttribution(SHOP, () =>
          client.batches.create(
            { input_file_id: 'file-1', endpoint: '/v1/responses', completion_window: '24h' },
            { headers },
          ),
        ),
      );
      await recorded(batch(fields), () => client.batches.retrieve('batch_1'));
    };
    const output = async (): Promise<string> => await (await client.files.content('file-out')).text();
    const counted = {
      event: 'ai_request_complete',
      operation: 'batches',
      model: 'gpt-4.1-2025-04-14',
      attribution: SHOP,
      serviceTier: 'batch',
      promptTokens: 40,
      completionTokens: 10,
      tokenDetails: { cached_prompt: 16, reasoning: 6 },
      finishReasons: ['stop', 'stop'],
      costUsd: expect.closeTo((40 * 1 + 10 * 4) / 1e6, 12) as number,
    };

    test.each<[string, string, string]>([
      ['application/octet-stream', 'text', 'text'],
      ['application/json', 'text that is said to be JSON', 'text'],
      ['application/octet-stream', 'bytes', 'arrayBuffer'],
    ])('%s: its output is counted once, at the price of batches, when it is taken as %s', async (type, _what, way) => {
      await begun();
      const take = async (): Promise<void> => {
        const content = await client.files.content('file-out');
        const taken = way === 'text' ? await content.text() : Buffer.from(await content.arrayBuffer()).toString();
        expect(taken).toBe(LINES.join('\n'));
      };

      expect(await recorded(outputFile(type), take)).toMatchObject(counted);
      expect(await recorded(outputFile(type), take)).toMatchObject({ ...NO_USAGE, model: 'unknown' });
    });

    test('an output that is cut is not counted, and is when it comes whole', async () => {
      await begun();
      const cut: Answer = { ...outputFile('application/octet-stream'), steps: [`${LINES[0]}\n`, { pause: 20 }, RESET] };

      const half = await recorded(cut, () => output().catch(() => undefined));
      expect(half).toMatchObject({ event: 'ai_request_error', promptTokens: null, costUsd: null });
      expect(await recorded(outputFile('application/octet-stream'), output)).toMatchObject(counted);
    });

    test('its output is known from a list of batches, too', async () => {
      await begun({ status: 'in_progress' });
      const list = jsonAnswer({ object: 'list', data: [{ id: 'batch_1', object: 'batch', ...done }], has_more: false });
      await recorded(list, () => client.batches.list());

      expect(await recorded(outputFile('application/octet-stream'), output)).toMatchObject(counted);
    });

    test('its output is not counted after a status that told usage, nor is a file that is something else', async () => {
      await begun({ ...done, usage });

      expect(way.reporter.ended.at(-1)![1]).toMatchObject({ promptTokens: 20 });
      expect(await recorded(outputFile('application/octet-stream'), output)).toMatchObject(NO_USAGE);
      const other = async () => (await client.files.content('file-other')).text();
      expect(await recorded(outputFile('application/octet-stream'), other)).toMatchObject({
        ...NO_USAGE,
        operation: 'other',
      });
    });
  });

  test('the sum of a batch’s usage is not priced as one long prompt', async () => {
    const sum = { input_tokens: 1_000_000, output_tokens: 1000, total_tokens: 1_001_000 };
    const done = batch({
      status: 'completed',
      model: 'gpt-5.4',
      usage: sum,
      request_counts: { completed: 100, failed: 0 },
    });
    await recorded(batch({}), () =>
      client.batches.create({ input_file_id: 'file-1', endpoint: '/v1/responses', completion_window: '24h' }),
    );

    const each = createPriceBook().cost({
      provider: 'openai',
      model: 'gpt-5.4',
      serviceTier: 'batch',
      usage: { promptTokens: 10_000, completionTokens: 10, totalTokens: 10_010, details: {} },
    })!;
    expect(await recorded(done, () => client.batches.retrieve('batch_1'))).toMatchObject({
      promptTokens: 1_000_000,
      costUsd: expect.closeTo(100 * each, 9) as number,
    });
  });
});
