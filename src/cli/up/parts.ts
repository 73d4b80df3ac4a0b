import type { Config } from '../../config/Config.js';
import { METRICS } from '../../metrics/catalogue.js';
import { answers } from './health.js';
import type { Part } from './Part.js';
import type { Ports } from './ports.js';
import type { WorkFolder } from './workFolder.js';

/** The upstream that the demo's traffic goes to, as promptmeter.yaml names it. */
const DEMO = 'demo';

/** promptmeter.yaml takes the address of that upstream from the environment. */
export function demoVariables(ports: Ports): Record<string, string> {
  return { PROMPTMETER_DEMO_URL: `http://127.0.0.1:${ports.simulator}/v1` };
}

export function hasDemo({ gateway }: Config): boolean {
  return gateway.upstreams.some(({ name }) => name === DEMO);
}

export function gatewayUrl(ports: Ports): string {
  return `http://127.0.0.1:${ports.gateway}`;
}

export function exporterUrl(ports: Ports): string {
  return `http://127.0.0.1:${ports.metrics}`;
}

export function simulatorPart(ports: Ports): Part {
  const url = `http://127.0.0.1:${ports.simulator}`;
  return {
    ...command('simulate', 'api', '--port', String(ports.simulator)),
    name: 'simulator',
    essential: false,
    shown: url,
    isHealthy: () => answers(`${url}/_control`),
  };
}

export function exporterPart(ports: Ports, { environment }: Config): Part {
  return {
    ...command('serve'),
    env: {
      // As in the image: the console is not where these metrics are looked at.
      NODE_ENV: environment === 'development' ? 'production' : environment,
      PROMPTMETER_GATEWAY_PORT: String(ports.gateway),
      PROMPTMETER_METRICS_PORT: String(ports.metrics),
      ...demoVariables(ports),
    },
    name: 'exporter',
    essential: true,
    shown: `${gatewayUrl(ports)} (gateway), ${exporterUrl(ports)}/metrics`,
    isHealthy: () => answers(`${exporterUrl(ports)}/readyz`),
  };
}

/** Calls the simulated API through the gateway; healthy once its calls are in the metrics. */
export function trafficPart(ports: Ports, { metrics }: Config): Part {
  const baseUrl = `${gatewayUrl(ports)}/${DEMO}/v1`;
  const token = metrics.metricsToken;
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const counted = new RegExp(`^${METRICS.requests.name}\\{[^}]*provider="${DEMO}"[^}]*\\} [1-9]`, 'm');
  return {
    ...command('simulate', 'traffic', '--base-url', baseUrl),
    name: 'traffic',
    essential: false,
    shown: `simulated calls through ${baseUrl}`,
    isHealthy: async () => counted.test(await (await fetch(`${exporterUrl(ports)}/metrics`, { headers })).text()),
  };
}

export function prometheusPart(program: string, ports: Ports, folder: WorkFolder): Part {
  const url = `http://127.0.0.1:${ports.prometheus}`;
  return {
    command: program,
    args: [
      `--config.file=${folder.prometheusConfig}`,
      `--storage.tsdb.path=${folder.prometheusData}`,
      `--web.listen-address=127.0.0.1:${ports.prometheus}`,
    ],
    env: {},
    name: 'prometheus',
    essential: true,
    shown: url,
    isHealthy: () => answers(`${url}/-/ready`),
  };
}

export function alertmanagerPart(program: string, ports: Ports, folder: WorkFolder): Part {
  const url = `http://127.0.0.1:${ports.alertmanager}`;
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
    essential: true,
    shown: url,
    isHealthy: () => answers(`${url}/-/ready`),
  };
}

/** A command of Promptmeter itself, started as this process was. */
function command(...args: readonly string[]): Pick<Part, 'command' | 'args' | 'env'> {
  const main = process.argv.slice(1, 2);
  return { command: process.execPath, args: [...process.execArgv, ...main, ...args], env: {} };
}
