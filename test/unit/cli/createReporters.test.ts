import { createReporters } from '../../../src/cli/serve/createReporters.js';
import { NOOP_LOGGER } from '../../../src/monitor/Logger.js';
import { configOf } from '../../helpers/configOf.js';

test.each([
  ['development', '', ['console', 'prometheus']],
  ['test', '', ['console', 'prometheus']],
  ['production', '', ['prometheus']],
  ['staging', '', ['prometheus']],
  ['production', 'reporters: [console]', ['console']],
  ['production', 'reporters: [prometheus, console]', ['console', 'prometheus']],
  ['development', 'reporters: [prometheus]', ['prometheus']],
])('in %s with "%s" serve reports to %j', async (environment, file, expected) => {
  const lines: string[] = [];
  const logger = { ...NOOP_LOGGER, info: (message: string) => void lines.push(message) };
  const { reporter, metrics } = createReporters({ ...configOf(file), environment }, logger);
  reporter.trackCounter('orders_total');
  const heard = [
    ...(lines.some((line) => line.includes('orders_total')) ? ['console'] : []),
    ...((await metrics.getMetrics()).includes('orders_total 1') ? ['prometheus'] : []),
  ];
  expect(heard).toEqual(expected);
});

test('/metrics shows the budgets and objectives of promptmeter.yaml and which Promptmeter runs', async () => {
  const config = configOf(
    'budgets: [{ name: team, usd: 500, period: monthly }]\nslos: [{ name: up, objective: 0.99 }]\n',
  );
  const text = await createReporters(config, NOOP_LOGGER).metrics.getMetrics();
  expect(text).toContain('ai_budget_usd{budget="team",period="monthly"} 500');
  expect(text).toContain('ai_slo_objective_ratio{slo="up"} 0.99');
  expect(text).toMatch(/promptmeter_build_info\{version="\d/);
});

test('/metrics says so when promptmeter.yaml leaves Prometheus out', async () => {
  const { metrics } = createReporters(configOf('reporters: [console]'), NOOP_LOGGER);
  expect(await metrics.getMetrics()).toMatch(/^# No metrics available: /);
});
