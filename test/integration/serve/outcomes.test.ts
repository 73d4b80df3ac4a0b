import { Services } from '../../../src/cli/serve/Services.js';
import { loadConfig } from '../../../src/config/loadConfig.js';
import { NOOP_LOGGER } from '../../../src/monitor/Logger.js';
import { startTraffic } from '../../../src/simulator/index.js';
import { completion, jsonAnswer } from '../../helpers/openaiAnswers.js';
import { startScriptedServer } from '../../helpers/scriptedServer.js';
import { temporaryFolder } from '../../helpers/temporaryFolder.js';
import { until } from '../../helpers/until.js';
import { withSimulator } from '../../helpers/withSimulator.js';

interface Running {
  readonly gateway: string;
  readonly metrics: string;
}

/** Gateway and exporter as `serve` wires them, of this promptmeter.yaml and upstream. */
async function withServices(yaml: string, upstream: string, use: (running: Running) => Promise<void>): Promise<void> {
  const folder = temporaryFolder();
  folder.write('promptmeter.yaml', yaml);
  const env = {
    OPENAI_BASE_URL: `${upstream}/v1`,
    PROMPTMETER_GATEWAY_PORT: '0',
    PROMPTMETER_METRICS_PORT: '0',
    PROMPTMETER_METRICS_TOKEN: TOKEN,
    NODE_ENV: 'production',
  };
  const services = new Services(loadConfig({ env, cwd: folder.path }), NOOP_LOGGER);
  try {
    const [gateway, metrics] = await services.start();
    await use({ gateway: gateway!.url, metrics: metrics!.url });
  } finally {
    await services.stop({ drainMs: 0, scrapeMs: 0 });
    folder.remove();
  }
}

const TOKEN = 'a-token-of-the-metrics';
const authorization = `Bearer ${TOKEN}`;
const scrape = async (url: string) => (await fetch(`${url}/metrics`, { headers: { authorization } })).text();
const post = (url: string, body: unknown) =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization },
    body: JSON.stringify(body),
  });

const YAML = `
outcomes: [bought, left]
thresholds:
  models: { gpt-4o-mini: { latencyP95: { warning: 1m30s, critical: 2m } } }`;

test('an outcome is joined to the call whose id the gateway answered, by the names and in the bands of promptmeter.yaml', async () => {
  const upstream = await startScriptedServer();
  upstream.script(jsonAnswer(completion));
  try {
    await withServices(YAML, upstream.url, async ({ gateway, metrics }) => {
      const answer = await post(`${gateway}/v1/chat/completions`, { model: 'gpt-4o-mini', messages: [] });
      await answer.text();
      const correlationId = answer.headers.get('x-promptmeter-id');

      const verdict = await post(`${metrics}/outcomes`, [
        { correlationId, outcome: 'bought' },
        { correlationId, outcome: 'accepted' },
      ]);

      expect(await verdict.json()).toEqual({ matched: 1, unknown_call: 0, unknown_outcome: 1 });
      expect(await scrape(metrics)).toContain(
        'ai_user_outcomes_total{provider="openai",model="gpt-4o-mini",outcome="bought",latency_band="<90s",ttft_band="none"} 1\n',
      );
    });
  } finally {
    await upstream.close();
  }
});

test('what the users of the simulated traffic did is told, and all of it is joined to its call', () =>
  withSimulator({}, ({ url }) =>
    withServices('', url, async ({ gateway, metrics }) => {
      const traffic = await startTraffic({
        baseUrl: `${gateway}/v1`,
        requestsPerSecond: 100,
        outcomes: { url: metrics, token: TOKEN },
      });
      await until(() => traffic.summary().outcomes >= 10, 'ten outcomes');
      const { outcomes } = await traffic.stop();

      const text = await scrape(metrics);
      const counted = [...text.matchAll(/^ai_user_outcomes_total\{.* (\d+)$/gm)].map(([, count]) => Number(count));
      expect(counted.reduce((sum, count) => sum + count, 0)).toBe(outcomes);
      expect(text).toContain('ai_outcomes_unmatched_total{reason="unknown_call"} 0');
      expect(text).toContain('ai_outcomes_unmatched_total{reason="unknown_outcome"} 0');
    }),
  ));
