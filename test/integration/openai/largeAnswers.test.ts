import { WAYS } from '../../helpers/bothWays.js';
import { jsonAnswer } from '../../helpers/openaiAnswers.js';

const picture = 'iVBORw0KGgo'.repeat(400_000);
const embeddings = {
  object: 'list',
  data: Array.from({ length: 3 }, (_, index) => ({
    object: 'embedding',
    index,
    embedding: Array(400_000).fill(0.015625),
  })),
  model: 'text-embedding-3-small',
  usage: { prompt_tokens: 6000, total_tokens: 6000 },
};
const pictures = {
  created: 1,
  size: '1024x1024',
  quality: 'hd',
  data: Array.from({ length: 2 }, () => ({ b64_json: picture })),
};

/** The newest SDK, and the gateway. */
describe.each(WAYS.slice(-2))('through %s', (_way, start) => {
  test.each([
    ['embeddings', embeddings, { promptTokens: 6000, costUsd: expect.closeTo((6000 * 0.02) / 1e6, 12) as number }],
    ['images', pictures, { costUsd: expect.closeTo(2 * 0.08, 12) as number }],
  ])('the cost of an answer of tens of megabytes is known, taken as bytes: %s', async (what, answer, known) => {
    const { client, recorded, close } = await start();
    const ask = () =>
      what === 'images'
        ? client.images.generate({ model: 'dall-e-3', prompt: 'x', n: 2 })
        : client.embeddings.create({ model: 'text-embedding-3-small', input: 'x', encoding_format: 'float' });
    const size = JSON.stringify(answer).length;

    const ended = await recorded(jsonAnswer(answer), async () => {
      const { byteLength } = await (await ask().asResponse()).arrayBuffer();
      expect(byteLength).toBe(size);
    });

    expect(ended).toMatchObject({ event: 'ai_request_complete', usageMissing: null, unpriced: false, ...known });
    await close();
  });
});
