import { withExporter } from '../../helpers/withExporter.js';

const tokens = { metricsToken: 'metrics-token', adminToken: 'admin-token' };
const outcomes = { recordOutcome: () => 'matched' as const };

describe('whoever sends wrong tokens', () => {
  test.each(['/metrics', '/metrics/ai', '/outcomes', '/reconciliation'])(
    'to %s is told to wait, with 429 and Retry-After, on every route that needs one',
    async (path) => {
      await withExporter({ ...tokens, outcomes }, async ({ url }) => {
        const method = path === '/outcomes' ? 'POST' : path === '/reconciliation' ? 'PUT' : 'GET';
        const ask = async (token: string, at = path): Promise<Response> =>
          await fetch(`${url}${at}`, {
            method: at === path ? method : 'GET',
            headers: { authorization: `Bearer ${token}` },
          });
        const statuses = [];
        for (let guess = 0; guess < 60; guess += 1) statuses.push((await ask(`guess-${guess}`)).status);
        expect(statuses.slice(0, 20)).toEqual(Array(20).fill(401));
        expect(statuses).toContain(429);

        const refused = await ask('guess', '/metrics');
        expect(refused.status).toBe(429);
        expect(Number(refused.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
        expect(await refused.json()).toMatchObject({ error: { code: 'too_many_wrong_tokens' } });
        // What they guess is not even looked at.
        expect((await ask('admin-token', '/metrics/ai')).status).toBe(429);
        expect((await fetch(`${url}/healthz`)).status).toBe(200);
      });
    },
  );

  test('none, or the right one, may come as often as they like', async () => {
    await withExporter(tokens, async ({ url }) => {
      const headers = { authorization: 'Bearer metrics-token' };
      for (let at = 0; at < 50; at += 1) {
        expect((await fetch(`${url}/metrics`)).status).toBe(401);
        expect((await fetch(`${url}/metrics`, { headers })).status).toBe(200);
      }
    });
  });
});
