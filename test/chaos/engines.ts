import { freePort } from '../../src/cli/serve/workers/freePort.js';
import { generateFiles } from '../../src/generators/index.js';
import { configOf } from '../helpers/configOf.js';
import type { TemporaryFolder } from '../helpers/temporaryFolder.js';
import { Engine } from './Engine.js';

/** What the budget's rules are called by here: everything that was spent, in a month. */
export const SPENT = 'budget_period:ai_budget_spent_usd:sum{budget="all"}';
const BUDGET = 'budgets: [{ name: all, usd: 1000, period: monthly }]\n';

const HOST = '127.0.0.1';
/** Milliseconds between evaluations of the budget's rules, which have a minute for it where they are used. */
const EVALUATION_MS = 1000;

const AN_ALERT = `
groups:
  - name: always
    rules: [{ alert: Always, expr: vector(1), labels: { severity: info } }]
`;

export interface Engines {
  readonly prometheus: Engine;
  readonly alertmanager: Engine;
}

/**
 * A Prometheus that scrapes the exporter once a second and evaluates the generated rules of a budget, and an Alertmanager
 * that delivers what it is told to the exporter.
 */
export async function prepareEngines(folder: TemporaryFolder, exporter: string): Promise<Engines> {
  const [prometheusPort, alertmanagerPort] = [await freePort(HOST), await freePort(HOST)];
  const rules = generateFiles(configOf(BUDGET)).find(({ path }) => path === 'alerts/budget-all-monthly.yml');
  if (rules === undefined) throw new Error('no rules were generated for the budget');
  folder.write('rules/budget.yml', faster(rules.content));
  folder.write('rules/always.yml', AN_ALERT);
  folder.write(
    'prometheus.yml',
    `global: { scrape_interval: 1s, evaluation_interval: 1s }
rule_files: ['${folder.path}/rules/*.yml']
alerting: { alertmanagers: [{ static_configs: [{ targets: ['127.0.0.1:${alertmanagerPort}'] }] }] }
scrape_configs: [{ job_name: promptmeter, static_configs: [{ targets: ['${exporter}'] }] }]
`,
  );
  folder.write(
    'alertmanager.yml',
    `route: { receiver: exporter, group_wait: 0s, group_interval: 1s, repeat_interval: 1h }
receivers: [{ name: exporter, webhook_configs: [{ url: 'http://${exporter}/alerts' }] }]
`,
  );
  const prometheus = new Engine('prometheus', `http://127.0.0.1:${prometheusPort}`, [
    `--config.file=${folder.path}/prometheus.yml`,
    `--storage.tsdb.path=${folder.path}/prometheus`,
    `--web.listen-address=127.0.0.1:${prometheusPort}`,
    // Instead of a minute, so that an Alertmanager that is back hears of what fires.
    '--rules.alert.resend-delay=1s',
  ]);
  const alertmanager = new Engine('alertmanager', `http://127.0.0.1:${alertmanagerPort}`, [
    `--config.file=${folder.path}/alertmanager.yml`,
    // In memory only: what it had sent, it sends again, as one whose disk was lost.
    `--storage.path=${folder.path}/alertmanager`,
    `--web.listen-address=127.0.0.1:${alertmanagerPort}`,
    '--cluster.listen-address=',
  ]);
  return { prometheus, alertmanager };
}

/** The same rules at another pace: they only ask that the sample before is found at half an interval's distance. */
function faster(rules: string): string {
  const changed = rules
    .replace('interval: 60s', `interval: ${EVALUATION_MS}ms`)
    .replaceAll('offset 30s', `offset ${EVALUATION_MS / 2}ms`);
  if (!changed.includes(`interval: ${EVALUATION_MS}ms`) || !changed.includes(`offset ${EVALUATION_MS / 2}ms`)) {
    throw new Error('the rules of a budget have another pace than this knows');
  }
  return changed;
}
