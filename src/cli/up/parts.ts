import type { Config } from '../../config/Config.js';
import { METRICS } from '../../metrics/catalogue.js';
import { addressOf, DEMO, local } from './addresses.js';
import { answers } from './health.js';
import type { Part } from './Part.js';
import type { Ports } from './ports.js';
import { readAlert, type DeliveredAlert } from './readAlert.js';
import type { WorkFolder } from './workFolder.js';

/** promptmeter.yaml takes the address of that upstream from the environment. */
export function demoVariables(ports: Ports): Record<string, string> {
  return { PROMPTMETER_DEMO_URL: `${local(ports.simulator)}/v1` };
}

export function hasDemo({ gateway }: Config): boolean {
  return gateway.upstreams.some(({ name }) => name === DEMO);
}

export function simulatorPart(ports: Ports): Part {
  const url = local(ports.simulator);
  return {
    ...command('simulate', 'api', '--port', String(ports.simulator)),
    name: 'simulator',
    shown: addressOf('simulator', ports),
    essential: false,
    isHealthy: () => answers(`${url}/_control`),
  };
}

export function exporterPart(ports: Ports, { environment }: Config, onAlert: (alert: DeliveredAlert) => void): Part {
  return {
    ...command('serve'),
    env: {
      // As in the image: the console is not where these metrics are looked at.
      NODE_ENV: environment === 'development' ? 'production' : environment,
      PROMPTMETER_GATEWAY_PORT: String(ports.gateway),
      PROMPTMETER_METRICS_PORT: String(ports.metrics),
      PROMPTMETER_PROMETHEUS_URL: local(ports.prometheus),
      ...demoVariables(ports),
    },
    name: 'exporter',
    shown: addressOf('exporter', ports),
    essential: true,
    isHealthy: () => answers(`${local(ports.metrics)}/readyz`),
    onLine: (line) => {
      const alert = readAlert(line);
      if (alert !== undefined) onAlert(alert);
    },
  };
}

/** Calls the simulated API through the gateway; healthy once its calls are in the metrics. */
export function trafficPart(ports: Ports, { metrics }: Config): Part {
  const baseUrl = `${local(ports.gateway)}/${DEMO}/v1`;
  const token = metrics.metricsToken;
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const counted = new RegExp(`^${METRICS.requests.name}\\{[^}]*provider="${DEMO}"[^}]*\\} [1-9]`, 'm');
  return {
    ...command('simulate', 'traffic', '--base-url', baseUrl),
    env: { PROMPTMETER_METRICS_URL: local(ports.metrics) },
    name: 'traffic',
    shown: addressOf('traffic', ports),
    essential: false,
    isHealthy: async () => counted.test(await (await fetch(`${local(ports.metrics)}/metrics`, { headers })).text()),
  };
}

export function prometheusPart(program: string, ports: Ports, folder: WorkFolder): Part {
  const url = local(ports.prometheus);
  return {
    command: program,
    args: [
      `--config.file=${folder.prometheusConfig}`,
      `--storage.tsdb.path=${folder.prometheusData}`,
      '--enable-feature=exemplar-storage',
      `--web.listen-address=127.0.0.1:${ports.prometheus}`,
    ],
    env: {},
    name: 'prometheus',
    shown: addressOf('prometheus', ports),
    essential: true,
    isHealthy: () => answers(`${url}/-/ready`),
  };
}

export function alertmanagerPart(program: string, ports: Ports, folder: WorkFolder): Part {
  const url = local(ports.alertmanager);
  return {
    command: program,
    args: [
      `--config.file=${folder.alertmanagerConfig}`,
      `--storage.path=${folder.alertmanagerData}`,
      `--web.listen-address=127.0.0.1:${ports.alertmanager}`,
      // One Alertmanager has nobody to gossip with, and the port of the gossip may be taken.
      '--cluster.listen-address=',
    ],
    env: {},
    name: 'alertmanager',
    shown: addressOf('alertmanager', ports),
    essential: true,
    isHealthy: () => answers(`${url}/-/ready`),
  };
}

/** A command of Promptmeter itself, started as this process was. */
function command(...args: readonly string[]): Pick<Part, 'command' | 'args' | 'env'> {
  const main = process.argv.slice(1, 2);
  return { command: process.execPath, args: [...process.execArgv, ...main, ...args], env: {} };
}
