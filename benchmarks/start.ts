import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { cpuOf } from './gateway/cpuOf.js';
import { residentMegabytes } from './residentMegabytes.js';
import type { Section } from './Section.js';
import { median, spread } from './statistics.js';

const PROGRAM = 'dist/cli/main.js';
/** After which a process that nobody calls has come to rest. */
const IDLE_MS = 3000;

/** How long the command line takes to be there, and what it holds when it rests. */
export async function start(rounds: number): Promise<Section> {
  const ready: number[] = [];
  const processor: number[] = [];
  const idle: number[] = [];
  const generate: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const began = performance.now();
    const serve = launch(['serve']);
    await lines(serve, 2);
    ready.push(performance.now() - began);
    processor.push(cpuOf(serve.pid ?? 0) / 1000);
    if (round < 3) {
      await wait(IDLE_MS);
      idle.push(residentMegabytes(serve.pid ?? 0));
    }
    await ended(serve, 'SIGKILL');
    const generated = performance.now();
    await ended(launch(['generate', '--check']));
    generate.push(performance.now() - generated);
  }
  return {
    title: 'Cold start and memory at rest',
    intro: `From the start of the process to the line that says it is ready, or to its end: medians of ${rounds} (and the middle half). Resident memory ${IDLE_MS / 1000} s after that, without a call.`,
    head: ['', 'value'],
    rows: [
      ['serve until ready, ms', spread(ready)],
      ['of which processor time, ms', spread(processor)],
      ['generate --check, ms', spread(generate)],
      ['serve at rest, MB', spread(idle)],
    ],
    notes: [
      `serve is ready after ${median(ready).toFixed(0)} ms (target 700 ms), generate done after ${median(generate).toFixed(0)} ms (target 2000 ms), and serve at rest takes ${median(idle).toFixed(0)} MB (target 120 MB).`,
    ],
  };
}

function launch(args: readonly string[]): ChildProcess {
  return spawn(process.execPath, [PROGRAM, ...args], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: {
      PATH: process.env['PATH'],
      NODE_ENV: 'production',
      PROMPTMETER_GATEWAY_PORT: '0',
      PROMPTMETER_METRICS_PORT: '0',
    },
  });
}

async function lines(child: ChildProcess, number: number): Promise<void> {
  if (child.stdout === null) return;
  let seen = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    if (line !== '') seen += 1;
    if (seen === number) return;
  }
  throw new Error(`${PROGRAM} ended before it was ready; run npm run build`);
}

async function ended(child: ChildProcess, signal?: NodeJS.Signals): Promise<void> {
  child.stdout?.resume();
  const exit = once(child, 'exit');
  if (signal !== undefined) child.kill(signal);
  await exit;
}
