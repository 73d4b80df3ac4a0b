import type { Config } from '../../config/Config.js';
import { loadConfig } from '../../config/loadConfig.js';
import { MissingServiceError, messageOf } from '../../errors.js';
import type { Io } from '../io.js';
import { ensureProgram } from '../programs/ensureProgram.js';
import type { Announcer } from './Announcer.js';
import { findGrafana, grafanaPart } from './grafana.js';
import type { Part } from './Part.js';
import {
  alertmanagerPart,
  demoVariables,
  exporterPart,
  hasDemo,
  prometheusPart,
  simulatorPart,
  trafficPart,
} from './parts.js';
import { namedPorts, PORT_NAMES, requireFree, type PortName } from './ports.js';
import { summarize } from './summary.js';
import { Supervisor, type Failure } from './Supervisor.js';
import { writeWorkFolder } from './workFolder.js';

export interface UpOptions {
  readonly io: Io;
  readonly announcer: Announcer;
  /** Whether a simulated API and calls to it are part of the stack. */
  readonly demo: boolean;
}

const GRAFANA_MISSING =
  'it is not on the PATH; get it from https://grafana.com/grafana/download or use Docker; the rest runs without it';

const demoMissing = ({ source }: Config) =>
  `add the line "demo: { baseUrl: '\${PROMPTMETER_DEMO_URL}' }" to gateway.upstreams, of which ${source} has none`;

/** What is to be started: at first all together, then the traffic, which needs the others. */
interface Stack {
  readonly logs: string;
  readonly first: readonly Part[];
  readonly then: readonly Part[];
  /** Tells, once all that can be had stands. */
  readonly ready: (working: ReadonlySet<string>) => void;
}

/**
 * Runs the stack as child processes until it is told to stop.
 * @throws MissingServiceError when a port is taken or an essential part fails; all the others are stopped by then.
 */
export async function upNative(options: UpOptions): Promise<void> {
  const { io, announcer } = options;
  const stack = await prepare(options);

  let end: (failure?: Failure) => void = () => undefined;
  const ended = new Promise<Failure | undefined>((resolve) => (end = resolve));
  const supervisor = new Supervisor({
    env: io.env,
    cwd: io.cwd,
    logs: stack.logs,
    onHealthy: ({ name, shown }) => announcer.healthy(name, shown),
    onFailure: (failure) => {
      announcer.failed({ ...failure, name: failure.part.name });
      if (failure.part.essential) end(failure);
    },
  });
  const killAll = () => supervisor.kill();
  process.once('exit', killAll);
  const release = io.onStop((_, again) => (again ? killAll() : end()));

  const started = startAll(stack, supervisor);
  const failure = await ended;
  announcer.say('stopping everything ...');
  await supervisor.stop();
  await started;
  release();
  process.off('exit', killAll);
  if (failure !== undefined) throw essentialFailed(failure);
}

async function prepare({ io, announcer, ...wish }: UpOptions): Promise<Stack> {
  const ports = await namedPorts(io.env);
  const config = loadConfig({ env: { ...io.env, ...demoVariables(ports) }, cwd: io.cwd });
  const demo = wish.demo && hasDemo(config);
  if (wish.demo && !demo) announcer.missing('demo', demoMissing(config));
  const grafana = findGrafana(io.env);
  const unused: readonly PortName[] = [
    'mail',
    ...(demo ? [] : (['simulator'] as const)),
    ...(grafana === undefined ? (['grafana'] as const) : []),
  ];
  const needed = PORT_NAMES.filter((name) => !unused.includes(name));
  await requireFree(needed, ports);
  const prometheus = await program('prometheus', announcer, io);
  const alertmanager = await program('alertmanager', announcer, io);
  if (grafana === undefined) announcer.missing('grafana', GRAFANA_MISSING);
  const folder = writeWorkFolder(io.cwd, config, ports, io.env);
  return {
    logs: folder.logs,
    first: [
      ...(demo ? [simulatorPart(ports)] : []),
      exporterPart(ports, config, (alert) => announcer.alert(alert)),
      ...(alertmanager === undefined ? [] : [alertmanagerPart(alertmanager, ports, folder)]),
      ...(prometheus === undefined ? [] : [prometheusPart(prometheus, ports, folder)]),
      ...(grafana === undefined ? [] : [grafanaPart({ program: grafana, ports, folder, config })]),
    ],
    then: demo ? [trafficPart(ports, config)] : [],
    ready: (working) => announcer.ready(summarize(ports, working)),
  };
}

async function startAll({ first, then, ready }: Stack, supervisor: Supervisor): Promise<void> {
  const working = new Set<string>();
  const start = async (part: Part) => {
    if (await supervisor.start(part)) working.add(part.name);
  };
  await Promise.all(first.map(start));
  for (const part of then) await start(part);
  if (!supervisor.stopped) ready(working);
}

async function program(name: 'prometheus' | 'alertmanager', announcer: Announcer, io: Io): Promise<string | undefined> {
  try {
    return await ensureProgram(name, (line) => announcer.say(line), io.env);
  } catch (error) {
    announcer.missing(name, messageOf(error));
    return undefined;
  }
}

function essentialFailed({ part, reason, logFile }: Failure): MissingServiceError {
  return new MissingServiceError(`${part.name} ${reason}, so everything was stopped; ${logFile} says why`);
}
