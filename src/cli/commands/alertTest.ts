import { Option, type Command } from 'commander';
import { loadConfig } from '../../config/loadConfig.js';
import { PromptmeterError, UsageError } from '../../errors.js';
import { expectedIntegrations, type TestedSeverity } from '../alert/expectedIntegrations.js';
import { addExamples } from '../examples.js';
import type { Io } from '../io.js';
import { durationOption, portFrom, type Duration } from '../simulate/optionValues.js';

interface Options {
  readonly severity: TestedSeverity;
  readonly timeout: Duration;
  readonly alertmanagerUrl?: string;
  readonly prometheusUrl?: string;
  readonly exporterUrl?: string;
  readonly json?: true;
}

/** `promptmeter alert test [receiver]`. */
export function registerAlertTest(program: Command, io: Io): void {
  const alert = program.command('alert').description('Try the way of alerts to whoever is told.');
  const command = alert
    .command('test')
    .description('Send one test alert through Alertmanager, say where it got to, and end it.')
    .argument('[receiver]', 'a receiver of promptmeter.yaml; else those of the severity')
    .addOption(
      new Option('--severity <severity>', 'which route it takes')
        .choices(['critical', 'warning', 'info'])
        .default('warning'),
    )
    .addOption(durationOption('--timeout <duration>', 'how long to wait', '1m'))
    .option('--alertmanager-url <url>', 'Alertmanager (http://127.0.0.1:9093, or PROMPTMETER_ALERTMANAGER_PORT)')
    .option('--prometheus-url <url>', 'Prometheus (http://127.0.0.1:9090, or PROMPTMETER_PROMETHEUS_PORT)')
    .option('--exporter-url <url>', 'the exporter (http://127.0.0.1:9464, or PROMPTMETER_METRICS_PORT)')
    .option('--json', 'print JSON')
    .action((receiver: string | undefined, options: Options) => test(receiver, options, io));
  addExamples(command, ['promptmeter alert test', 'promptmeter alert test team_slack --severity critical']);
  addExamples(alert, ['promptmeter alert test']);
}

async function test(receiver: string | undefined, options: Options, io: Io): Promise<void> {
  const config = loadConfig({ env: io.env, cwd: io.cwd });
  const names = config.receivers.map(({ name }) => name);
  if (receiver !== undefined && !names.includes(receiver)) {
    const there = names.length === 0 ? 'name one under receivers in promptmeter.yaml' : `there are ${names.join(', ')}`;
    throw new UsageError(`there is no receiver ${receiver}; ${there}`);
  }
  const local = (variable: string, usual: number) => `http://127.0.0.1:${portFrom(variable, io.env) ?? usual}`;
  const { testAlert } = await import('../alert/testAlert.js');
  const steps = await testAlert({
    alertmanagerUrl: withoutSlash(options.alertmanagerUrl ?? local('PROMPTMETER_ALERTMANAGER_PORT', 9093)),
    prometheusUrl: withoutSlash(options.prometheusUrl ?? local('PROMPTMETER_PROMETHEUS_PORT', 9090)),
    exporterUrl: withoutSlash(options.exporterUrl ?? `http://127.0.0.1:${config.metrics.port}`),
    receiver,
    severity: options.severity,
    expected: expectedIntegrations(config, receiver, options.severity),
    timeoutSeconds: options.timeout.seconds,
  });
  if (options.json) io.stdout(JSON.stringify({ steps }));
  else for (const { step, result, detail } of steps) io.stdout(`${result.padEnd(7)} ${step}: ${detail}`);
  const failed = steps.filter(({ result }) => result === 'failed').map(({ step }) => step);
  if (failed.length === 0) return;
  throw new PromptmeterError('check_failed', `the test alert did not get to all; correct ${failed.join(' and ')}`);
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, '');
}
