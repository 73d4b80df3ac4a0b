import { collect } from '../../helpers/collect.js';
import { SDKS } from '../../helpers/sdks.js';
import { withSimulator } from '../../helpers/withSimulator.js';

const messages = [{ role: 'user' as const, content: 'How are you?' }];

describe.each(SDKS)('$version', ({ OpenAI }) => {
  const withClient = (use: (client: InstanceType<typeof OpenAI>) => Promise<void>) =>
    withSimulator({}, ({ url }) =>
      use(new OpenAI({ apiKey: 'sk-test', baseURL: `${url}/v1`, maxRetries: 0, logLevel: 'off' })),
    );

  it('reads every path and stream', () =>
    withClient(async (client) => {
      const chat = await client.chat.completions.create({ model: 'gpt-4o', messages });
      const final = await client.chat.completions.stream({ model: 'gpt-4o', messages }).finalChatCompletion();
      const chunks = await collect(await client.chat.completions.create({ model: 'gpt-4o', messages, stream: true }));
      const response = await client.responses.create({ model: 'gpt-5', input: 'hi' });
      const streamed = await client.responses.stream({ model: 'gpt-5', input: 'hi' }).finalResponse();
      const { data } = await client.embeddings.create({ model: 'text-embedding-3-small', input: 'hi' });
      const text = await client.completions.create({ model: 'gpt-3.5-turbo-instruct', prompt: 'hi' });
      const { results } = await client.moderations.create({ input: 'hi' });
      const models = await collect(client.models.list());

      for (const { choices } of [chat, final, text]) expect(choices[0]!.finish_reason).toMatch(/stop|length/);
      expect(chunks.at(-1)!.choices[0]!.finish_reason).toBe('stop');
      for (const { status, output_text: said } of [response, streamed]) {
        expect(status).toBe('completed');
        expect(said).not.toBe('');
      }
      expect(data[0]!.embedding).toHaveLength(1536);
      expect(results).toHaveLength(1);
      expect(models.length).toBeGreaterThan(5);
    }));

  it.each([
    ['429', 429],
    ['500', 500],
  ])('sees %s as an error with its status', (fault, status) =>
    withClient(async (client) => {
      const call = client.chat.completions.create({ model: 'gpt-4o', messages }, { headers: { 'x-simulate': fault } });
      await expect(call).rejects.toMatchObject({ status });
    }),
  );

  it.each(['cut', 'error_event', 'garbage'])('sees that %s breaks a stream', (fault) =>
    withClient(async (client) => {
      const body = { model: 'gpt-4o', messages, stream: true as const };
      const stream = await client.chat.completions.create(body, { headers: { 'x-simulate': fault } });
      await expect(collect(stream)).rejects.toThrow();
    }),
  );
});
