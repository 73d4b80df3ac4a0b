import { Services } from '../../../src/cli/serve/Services.js';
import { loadConfig } from '../../../src/config/loadConfig.js';
import { NOOP_LOGGER } from '../../../src/monitor/Logger.js';
import { completion, jsonAnswer } from '../../helpers/openaiAnswers.js';
import { startScriptedServer } from '../../helpers/scriptedServer.js';
import { temporaryFolder } from '../../helpers/temporaryFolder.js';

const YAML = `
outcomes: [bought, left]
thresholds:
  models: { gpt-4o-mini: { latencyP95: { warning: 1m30s, critical: 2m } } }`;

test('an outcome is joined to the call whose id the gateway answered, in the bands and by the names of promptmeter.yaml', async () => {
  const folder = temporaryFolder();
  folder.write('promptmeter.yaml', YAML);
  const upstream = await startScriptedServer();
  upstream.script(jsonAnswer(completion));
  const env = {
    OPENAI_BASE_URL: `${upstream.url}/v1`,
    PROMPTMETER_GATEWAY_PORT: '0',
    PROMPTMETER_METRICS_PORT: '0',
    NODE_ENV: 'production',
  };
  const services = new Services(loadConfig({ env, cwd: folder.path }), NOOP_LOGGER);
  try {
    const [gateway, metrics] = await services.start();
    const post = (url: string, body: unknown) =>
      fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
    const answer = await post(`${gateway!.url}/v1/chat/completions`, { model: 'gpt-4o-mini', messages: [] });
    await answer.text();
    const correlationId = answer.headers.get('x-promptmeter-id');

    const verdict = await post(`${metrics!.url}/outcomes`, [
      { correlationId, outcome: 'bought' },
      { correlationId, outcome: 'accepted' },
    ]);

    expect(await verdict.json()).toEqual({ matched: 1, unknown_call: 0, unknown_outcome: 1 });
    expect(await (await fetch(`${metrics!.url}/metrics`)).text()).toContain(
      'ai_user_outcomes_total{provider="openai",model="gpt-4o-mini",outcome="bought",latency_band="<90s",ttft_band="none"} 1\n',
    );
  } finally {
    await services.stop(0);
    await upstream.close();
    folder.remove();
  }
});
