import { z } from 'zod';

const answer = z.object({
  status: z.string(),
  error: z.string().optional(),
  data: z.object({ result: z.array(z.object({ metric: z.record(z.string(), z.string()) })) }).optional(),
});

/** Labels of the series that a real Prometheus answers a query with; throws what it says when it refuses. */
export async function seriesOf(prometheus: string, query: string): Promise<readonly Record<string, string>[]> {
  const response = await fetch(`${prometheus}/api/v1/query`, { method: 'POST', body: new URLSearchParams({ query }) });
  const { error, data } = answer.parse(await response.json());
  if (data === undefined) throw new Error(`Prometheus refuses ${query}: ${error ?? 'no reason given'}`);
  return data.result.map(({ metric }) => metric);
}
