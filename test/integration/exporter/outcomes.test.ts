import { AIPerformanceMonitor } from '../../../src/monitor/AIPerformanceMonitor.js';
import { PrometheusMetricsReporter } from '../../../src/reporters/PrometheusMetricsReporter.js';
import { valueOf } from '../../helpers/scrape.js';
import { withExporter } from '../../helpers/withExporter.js';

const metricsReporter = new PrometheusMetricsReporter();
const monitor = new AIPerformanceMonitor({ metricsReporter });

function endedCall(): string {
  const call = monitor.open({ model: 'gpt-4o' });
  call.complete();
  return call.correlationId;
}

const JSON_TYPE = { 'content-type': 'application/json' };
const post = (url: string, body: unknown, headers: Record<string, string> = JSON_TYPE) =>
  fetch(`${url}/outcomes`, { method: 'POST', headers, body: typeof body === 'string' ? body : JSON.stringify(body) });

describe('POST /outcomes', () => {
  test('joins one outcome to its call', () =>
    withExporter({ outcomes: monitor }, async ({ url }) => {
      const response = await post(url, { correlationId: endedCall(), outcome: 'accepted' });

      expect([response.status, await response.json()]).toEqual([
        200,
        { matched: 1, unknown_call: 0, unknown_outcome: 0 },
      ]);
      expect(await valueOf(metricsReporter, 'ai_user_outcomes_total', { outcome: 'accepted' })).toBe(1);
    }));

  test('takes a list and says how many were joined, and why the others were not', () =>
    withExporter({ outcomes: monitor }, async ({ url }) => {
      const [first, second] = [endedCall(), endedCall()];
      const response = await post(url, [
        { correlationId: first, outcome: 'edited', comment: 'not looked at' },
        { correlationId: second, outcome: 'edited' },
        { correlationId: second, outcome: 'shrugged' },
        { correlationId: 'of nobody', outcome: 'edited' },
      ]);

      expect(await response.json()).toEqual({ matched: 2, unknown_call: 1, unknown_outcome: 1 });
      expect(await valueOf(metricsReporter, 'ai_user_outcomes_total', { outcome: 'edited' })).toBe(2);
      for (const reason of ['unknown_call', 'unknown_outcome']) {
        expect(await valueOf(metricsReporter, 'ai_outcomes_unmatched_total', { reason })).toBe(1);
      }
    }));

  test.each<[string, unknown, Record<string, string>, number, string]>([
    ['no JSON', 'accepted', JSON_TYPE, 400, 'the path or the body can not be understood'],
    ['a text', '"accepted"', JSON_TYPE, 400, 'the body must be {"correlationId": "...", "outcome": "..."}'],
    ['null', 'null', JSON_TYPE, 400, 'the body must be'],
    ['an id that is no text', { correlationId: 1, outcome: 'edited' }, JSON_TYPE, 400, 'the body must be'],
    ['a bad one in a list', [{ correlationId: 'x', outcome: 'edited' }, {}], JSON_TYPE, 400, '[1] must be'],
    ['too many', Array(1001).fill({}), JSON_TYPE, 400, 'a list of at most 1000 outcomes'],
    ['too much', [{ correlationId: 'x'.repeat(300_000), outcome: '' }], JSON_TYPE, 413, 'larger than is allowed'],
    [
      'what a form of another site sends',
      '{}',
      { 'content-type': 'text/plain' },
      415,
      'Content-Type: application/json',
    ],
  ])('refuses %s', (_what, body, headers, status, message) =>
    withExporter({ outcomes: monitor }, async ({ url }) => {
      const response = await post(url, body, headers);

      expect(response.status).toBe(status);
      const { error } = (await response.json()) as { error: { message: string } };
      expect(error.message).toContain(message);
    }),
  );

  test('needs the token that /metrics needs', () =>
    withExporter({ outcomes: monitor, metricsToken: 'a-token-for-metrics' }, async ({ url }) => {
      const outcome = { correlationId: endedCall(), outcome: 'accepted' };
      const authorization = 'Bearer a-token-for-metrics';

      expect((await post(url, outcome)).status).toBe(401);
      expect((await post(url, outcome, { ...JSON_TYPE, authorization })).status).toBe(200);
    }));
});

test('there is nothing to read at /outcomes, and nothing at all without somebody who joins them', async () => {
  await withExporter({ outcomes: monitor }, async ({ url }) => {
    const response = await fetch(`${url}/outcomes`);
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
  });
  await withExporter({}, async ({ url }) => {
    expect((await post(url, {})).status).toBe(404);
  });
});
