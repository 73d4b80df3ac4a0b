import { createServer } from 'node:net';
import { MissingServiceError, UsageError } from '../../errors.js';
import type { Environment } from '../programs/findProgram.js';

/** Every port of the stack: what listens there, the variable and the option that move it. */
export const PORTS = {
  gateway: { title: 'the gateway', variable: 'PROMPTMETER_GATEWAY_PORT', option: 'gateway-port', usual: 8080 },
  metrics: { title: 'the exporter', variable: 'PROMPTMETER_METRICS_PORT', option: 'metrics-port', usual: 9464 },
  prometheus: { title: 'Prometheus', variable: 'PROMPTMETER_PROMETHEUS_PORT', option: 'prometheus-port', usual: 9090 },
  alertmanager: {
    title: 'Alertmanager',
    variable: 'PROMPTMETER_ALERTMANAGER_PORT',
    option: 'alertmanager-port',
    usual: 9093,
  },
  grafana: { title: 'Grafana', variable: 'PROMPTMETER_GRAFANA_PORT', option: 'grafana-port', usual: 3000 },
  simulator: {
    title: 'the simulated API',
    variable: 'PROMPTMETER_SIMULATOR_PORT',
    option: 'simulator-port',
    usual: 8081,
  },
  mail: { title: 'the inbox, in Docker', variable: 'PROMPTMETER_MAIL_PORT', option: 'mail-port', usual: 8025 },
} as const;

export type PortName = keyof typeof PORTS;
export type Ports = Readonly<Record<PortName, number>>;
export const PORT_NAMES = ['gateway', 'metrics', 'prometheus', 'alertmanager', 'grafana', 'simulator', 'mail'] as const;

/** Every part listens on this machine only. */
const HOST = '127.0.0.1';

/** Below the range from which systems take the ports of outgoing connections, so that none is taken meanwhile. */
const FREE_FROM = 20_000;
const FREE_TO = 32_000;
const ATTEMPTS = 50;

/** The ports that the environment names, with a free one for each 0. Doesn't look whether another program has them. */
export async function namedPorts(env: Environment): Promise<Ports> {
  const free = async (name: PortName) => {
    const wanted = readPort(name, env);
    return [name, wanted === 0 ? await freePort() : wanted] as const;
  };
  const chosen = new Map(await Promise.all(PORT_NAMES.map(free)));
  const port = (name: PortName) => chosen.get(name) ?? PORTS[name].usual;
  return {
    gateway: port('gateway'),
    metrics: port('metrics'),
    prometheus: port('prometheus'),
    alertmanager: port('alertmanager'),
    grafana: port('grafana'),
    simulator: port('simulator'),
    mail: port('mail'),
  };
}

/**
 * Makes sure that nobody else listens on the ports.
 * @throws MissingServiceError naming every port that is taken and the option that chooses another.
 */
export async function requireFree(needed: readonly PortName[], ports: Ports): Promise<void> {
  const free = await Promise.all(needed.map((name) => isFree(ports[name])));
  const taken = needed.filter((_, index) => free[index] === false);
  if (taken.length === 0) return;
  const whose = taken.map((name) => `port ${ports[name]} of ${PORTS[name].title} (--${PORTS[name].option})`);
  throw new MissingServiceError(
    `another program has ${whose.join(', ')}; stop it, or give the option with another port, 0 for any free one`,
  );
}

/** The ports as the variables that docker-compose.yml reads. */
export function portVariables(ports: Ports): Record<string, string> {
  return Object.fromEntries(PORT_NAMES.map((name) => [PORTS[name].variable, String(ports[name])]));
}

function readPort(name: PortName, env: Environment): number {
  const { variable, usual } = PORTS[name];
  const text = env[variable] ?? '';
  if (text === '') return usual;
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new UsageError(`${variable} is "${text}"; a port from 0 to 65535 is allowed, 0 for any free one`);
}

async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const port = FREE_FROM + Math.floor(Math.random() * (FREE_TO - FREE_FROM));
    if (await isFree(port)) return port;
  }
  throw new MissingServiceError(`no port between ${FREE_FROM} and ${FREE_TO} is free; name the ports by options`);
}

async function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, HOST, () => server.close(() => resolve(true)));
  });
}
