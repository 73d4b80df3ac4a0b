import { collect } from '../../helpers/collect.js';
import { withSimulator } from '../../helpers/withSimulator.js';

describe('the other paths of the API', () => {
  it('embeds each text, the same text the same way, in both encodings', () =>
    withSimulator({}, async ({ client }) => {
      const model = 'text-embedding-3-small';
      const { data, usage } = await client.embeddings.create({ model, input: ['one', 'two', 'one'] });
      const floats = await client.embeddings.create({ model, input: 'one', encoding_format: 'float' });
      expect(data.map(({ embedding }) => embedding.length)).toEqual([1536, 1536, 1536]);
      expect(data[0]!.embedding).toEqual(data[2]!.embedding);
      expect(data[0]!.embedding).not.toEqual(data[1]!.embedding);
      expect(floats.data[0]!.embedding).toEqual(data[0]!.embedding);
      expect(usage).toEqual({ prompt_tokens: 3, total_tokens: 3 });
    }));

  it('shortens embeddings to the dimensions that are asked for', () =>
    withSimulator({}, async ({ client }) => {
      const ask = { model: 'text-embedding-3-large', input: [1, 2, 3], dimensions: 64 };
      const { data, usage } = await client.embeddings.create(ask);
      expect(data[0]!.embedding).toHaveLength(64);
      expect(Math.hypot(...data[0]!.embedding)).toBeCloseTo(1, 5);
      expect(usage.prompt_tokens).toBe(3);
    }));

  it('completes in the oldest dialect, as JSON and as a stream', () =>
    withSimulator({}, async ({ client }) => {
      const ask = { model: 'gpt-3.5-turbo-instruct', prompt: 'Once', max_tokens: 5 };
      const whole = await client.completions.create(ask);
      expect(whole).toMatchObject({ object: 'text_completion', usage: { completion_tokens: 5 } });
      const stream = await client.completions.create({ ...ask, stream: true, stream_options: { include_usage: true } });
      const chunks = await collect(stream);
      expect(chunks.at(-1)).toMatchObject({ choices: [], usage: { completion_tokens: 5 } });
      expect(chunks.at(-2)!.choices[0]!.finish_reason).toBe('length');
    }));

  it('moderates', () =>
    withSimulator({}, async ({ client }) => {
      const { results, model } = await client.moderations.create({ input: ['a', 'b'] });
      expect(model).toBe('omni-moderation-2024-09-26');
      expect(results.map(({ flagged }) => flagged)).toEqual([false, false]);
    }));

  it('lists its models and finds each by alias and by dated name', () =>
    withSimulator({}, async ({ client }) => {
      const ids = (await collect(client.models.list())).map(({ id }) => id);
      expect(ids).toContain('gpt-4o-mini');
      expect((await client.models.retrieve('gpt-4o')).id).toBe('gpt-4o');
      expect((await client.models.retrieve('gpt-4o-2024-08-06')).id).toBe('gpt-4o-2024-08-06');
      await expect(client.models.retrieve('gpt-none')).rejects.toMatchObject({ status: 404, code: 'model_not_found' });
    }));
});
