import { httpCall } from '../../helpers/httpCall.js';
import { withSimulator } from '../../helpers/withSimulator.js';

const DAY = 86_400;
const NOON = 20_000 * DAY + DAY / 2;
const options = {
  price: (_: string, { prompt }: { readonly prompt: number }) => prompt / 1000,
  now: () => NOON * 1000,
};
const path = (query: string): string => `/v1/organization/costs?${query}`;
const admin = { method: 'GET', headers: { authorization: 'Bearer sk-admin-mine' } };

interface Page {
  readonly data: readonly { readonly start_time: number; readonly results: readonly Result[] }[];
  readonly next_page: string | null;
}

interface Result {
  readonly line_item: string | null;
  readonly amount: { readonly value: number; readonly currency: string };
}

async function page(url: string, query: string): Promise<Page> {
  return JSON.parse((await httpCall(url + path(query), admin)).body.toString()) as Page;
}

test('the bill has what was given out, on its day, by model', () =>
  withSimulator(options, async ({ url, client, simulator }) => {
    await client.chat.completions.create({ model: 'gpt-4o', messages: [{ role: 'user', content: 'Hi' }] });
    await client.chat.completions.create({ model: 'gpt-4o', messages: [{ role: 'user', content: 'Hello' }] });
    const prompt = simulator.ledger.report().rows.reduce((sum, { promptTokens }) => sum + promptTokens, 0);

    const { data } = await page(url, `start_time=${19_999 * DAY}&end_time=${20_001 * DAY}&group_by=line_item`);

    expect(data.map(({ start_time: day, results }) => [day / DAY, results.length])).toEqual([
      [19_999, 0],
      [20_000, 1],
    ]);
    const [{ line_item: item, amount }] = data[1]!.results as [Result];
    expect([item, amount]).toEqual(['gpt-4o', { value: expect.closeTo(prompt / 1000, 9) as number, currency: 'usd' }]);
    expect(simulator.ledger.report().rows).toHaveLength(1);
  }));

test('long times come in pages', () =>
  withSimulator(options, async ({ url }) => {
    const first = await page(url, `start_time=${DAY}&end_time=${5 * DAY}&limit=3`);
    const second = await page(url, `start_time=${DAY}&end_time=${5 * DAY}&limit=3&page=${first.next_page ?? ''}`);

    expect([first, second].map(({ data }) => data.length)).toEqual([3, 1]);
    expect(second.next_page).toBeNull();
  }));

test.each(['', 'Bearer sk-test'])('the key %j sees no bill', (authorization) =>
  withSimulator(options, async ({ url }) => {
    const { status } = await httpCall(url + path('start_time=0'), { method: 'GET', headers: { authorization } });
    expect(status).toBe(401);
  }),
);
