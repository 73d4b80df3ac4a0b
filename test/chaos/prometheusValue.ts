import { z } from 'zod';

const answer = z.object({
  data: z.object({ result: z.array(z.object({ value: z.tuple([z.number(), z.string()]) })) }),
});

/** The sum of what a real Prometheus answers an instant query with; undefined when there is nothing. */
export async function prometheusValue(url: string, query: string): Promise<number | undefined> {
  const response = await fetch(`${url}/api/v1/query`, { method: 'POST', body: new URLSearchParams({ query }) });
  const { data } = answer.parse(await response.json());
  if (data.result.length === 0) return undefined;
  return data.result.reduce((sum, { value: [, value] }) => sum + Number(value), 0);
}
