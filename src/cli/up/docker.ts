import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { MissingServiceError } from '../../errors.js';
import type { Environment } from '../programs/findProgram.js';
import type { UpOptions } from './native.js';
import { addressOf } from './addresses.js';
import { PART_NAMES, type PartName } from './Part.js';
import { PACKAGE_ROOT } from './packageRoot.js';
import { namedPorts, portVariables } from './ports.js';
import { summarize } from './summary.js';

const ANSWER_WITHIN_MS = 5000;
const DEMO_PARTS: ReadonlySet<PartName> = new Set(['simulator', 'traffic']);
const HOUR_MS = 3_600_000;

/** Whether a Docker engine with Compose can be reached. Asks for a few seconds at most. */
export function hasDocker(env: Environment): boolean {
  const works = (...args: readonly string[]) =>
    spawnSync('docker', args, { env: { ...env }, stdio: 'ignore', timeout: ANSWER_WITHIN_MS }).status === 0;
  return works('compose', 'version') && works('info');
}

/**
 * Runs the stack with Docker Compose until it is told to stop, showing what the exporter writes, such as alerts that it
 * receives. What the containers keep stays in their volumes.
 * @throws MissingServiceError when Compose can't bring it up.
 */
export async function upDocker({ io, announcer, demo }: UpOptions): Promise<void> {
  const ports = await namedPorts(io.env);
  const profile = demo ? ['--profile', 'demo'] : [];
  const compose = (...args: readonly string[]) =>
    startDocker(['compose', '--file', join(PACKAGE_ROOT, 'docker-compose.yml'), ...profile, ...args], {
      ...io.env,
      ...portVariables(ports),
    });

  let stop: () => void = () => undefined;
  const stopped = new Promise<'stopped'>((resolve) => (stop = () => resolve('stopped')));
  const release = io.onStop(stop);
  // Waiting for a signal doesn't keep a process alive.
  const alive = setInterval(() => undefined, HOUR_MS);
  announcer.say('starting with Docker Compose; the first time it fetches images and builds one ...');
  const starting = compose('up', '--build', '--wait', '--remove-orphans');
  const outcome = await Promise.race([starting.exited, stopped]);
  if (outcome === 0) {
    const working = PART_NAMES.filter((name) => demo || !DEMO_PARTS.has(name));
    for (const name of working) announcer.healthy(name, addressOf(name, ports));
    announcer.ready(summarize(ports, new Set([...working, 'mail'])));
    const following = compose('logs', '--follow', '--tail', '0', 'exporter');
    await stopped;
    following.interrupt();
  } else if (outcome === 'stopped') {
    starting.interrupt();
    await starting.exited;
  }
  announcer.say('stopping everything ...');
  const left = await compose('down', '--remove-orphans').exited;
  release();
  clearInterval(alive);
  if (outcome !== 0 && outcome !== 'stopped') {
    throw new MissingServiceError(
      'Docker Compose could not start the stack, the lines above say why; `npm start -- --native` runs it without Docker',
    );
  }
  if (left !== 0) {
    throw new MissingServiceError(
      'Docker Compose could not stop the stack; `docker compose --profile demo down` tries again',
    );
  }
}

interface Running {
  /** Resolves to the exit code; 1 when it can't be started or is ended by a signal. */
  readonly exited: Promise<number>;
  interrupt(): void;
}

/** In a process group of its own, so that a Ctrl-C in the terminal is answered in one place. All output is progress. */
function startDocker(args: readonly string[], env: Environment): Running {
  const child = spawn('docker', args, { env: { ...env }, detached: true, stdio: ['ignore', 2, 2] });
  return {
    exited: new Promise((resolve) => {
      child.once('error', () => resolve(1));
      child.once('exit', (code) => resolve(code ?? 1));
    }),
    interrupt: () => void child.kill('SIGINT'),
  };
}
