import type OpenAI from 'openai';
import { withAttribution } from '../../../src/monitor/withAttribution.js';
import { WAYS, type Way } from '../../helpers/bothWays.js';
import { EVENT_STREAM, jsonAnswer, response } from '../../helpers/openaiAnswers.js';
import type { Answer } from '../../helpers/scriptedServer.js';

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
const inBackground = (fields: object) => jsonAnswer({ ...response, background: true, usage: null, ...fields });
const begin = () =>
  withAttribution(SHOP, () =>
    client.responses.create({ model: 'gpt-4.1', input: 'Hi', background: true }, { headers }),
  );
describe.each(WAYS)('through %s', (_way, start) => {
  beforeEach(async () => {
    way = await start();
    ({ client } = way);
  });

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
