import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cpuOf } from '../cpuOf.js';
import type { RunningProxy } from '../RunningProxy.js';

const PROGRAM = join(process.cwd(), 'dist/cli/main.js');

/** `promptmeter serve` as in production: every metric on, prices included, outcomes remembered. */
export async function startPromptmeter(upstream: string): Promise<RunningProxy> {
  const child = spawn(process.execPath, [...profiling(), PROGRAM, 'serve'], {
    cwd: tmpdir(),
    env: {
      NODE_ENV: 'production',
      OPENAI_BASE_URL: `${upstream}/v1`,
      PROMPTMETER_GATEWAY_PORT: '0',
      PROMPTMETER_METRICS_PORT: '0',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const line = await new Promise<string>((resolve) => createInterface({ input: child.stdout }).once('line', resolve));
  const { url } = JSON.parse(line) as { readonly url: string };
  return {
    url,
    cpuMicroseconds: () => Promise.resolve(cpuOf(child.pid ?? 0)),
    stop: () => void child.kill(),
  };
}

/** BENCH_PROFILE names a folder that gets a processor profile of the gateway. */
function profiling(): readonly string[] {
  const folder = process.env['BENCH_PROFILE'];
  return folder === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${folder}`];
}
