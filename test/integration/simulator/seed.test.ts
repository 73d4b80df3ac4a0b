import type OpenAI from 'openai';
import { collect } from '../../helpers/collect.js';
import { withSimulator } from '../../helpers/withSimulator.js';

const chatOf = (content: string) => ({ model: 'o4-mini', messages: [{ role: 'user' as const, content }] });

/** What a client gets, without the moment at which it got it. */
async function answers(client: OpenAI, order: readonly string[]): Promise<Record<string, unknown>> {
  const got: Record<string, unknown> = {};
  for (const name of order) {
    const { id, choices, usage } = await client.chat.completions.create(chatOf(name));
    const chunks = await collect(await client.chat.completions.create({ ...chatOf(name), stream: true }));
    got[name] = { id, choices, usage, chunks: chunks.map((chunk) => [chunk.id, chunk.choices]) };
  }
  return got;
}

async function withSeed(seed: number, order: readonly string[]): Promise<unknown> {
  let got: unknown;
  await withSimulator({ seed }, async ({ client }) => {
    got = await answers(client, order);
  });
  return got;
}

describe('the seed', () => {
  it('gives the same ids, texts and tokens again, in whatever order the calls come', async () => {
    expect(await withSeed(7, ['a', 'b', 'c'])).toEqual(await withSeed(7, ['c', 'a', 'b']));
  });

  it('gives others when it is another', async () => {
    expect(await withSeed(7, ['a'])).not.toEqual(await withSeed(8, ['a']));
  });

  it('gives another answer to the second call of the same kind', () =>
    withSimulator({}, async ({ client }) => {
      const first = await client.chat.completions.create(chatOf('a'));
      const second = await client.chat.completions.create(chatOf('a'));
      expect(second.id).not.toBe(first.id);
      expect(second.choices).not.toEqual(first.choices);
    }));

  it('decides which calls a fault strikes', async () => {
    const struck = async (): Promise<string> => {
      let marks = '';
      await withSimulator({ seed: 3 }, async ({ client, simulator }) => {
        simulator.control.setFaults([{ kind: '500', probability: 0.5 }]);
        for (let i = 0; i < 20; i += 1) {
          marks += await client.chat.completions.create(chatOf('a')).then(
            () => '.',
            () => 'x',
          );
        }
      });
      return marks;
    };
    const marks = await struck();
    expect(marks).toMatch(/x.*\.|\..*x/);
    expect(await struck()).toBe(marks);
  });
});
