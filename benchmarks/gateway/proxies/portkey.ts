import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { cpuOf } from '../cpuOf.js';
import { freeAddress } from '../freeAddress.js';
import type { RunningProxy } from '../RunningProxy.js';

const PROGRAM = join(process.cwd(), 'benchmarks/peers/node_modules/@portkey-ai/gateway/build/start-server.js');

export const hasPortkey = (): boolean => existsSync(PROGRAM);

/** Portkey's gateway, one of the peers. It is told by headers where to go. */
export async function startPortkey(upstream: string): Promise<RunningProxy> {
  const url = await freeAddress();
  const child = spawn(process.execPath, [PROGRAM, `--port=${new URL(url).port}`, '--headless'], {
    env: { NODE_ENV: 'production', TRUSTED_CUSTOM_HOSTS: '127.0.0.1' },
    stdio: 'ignore',
  });
  while ((await fetch(url).catch(() => undefined)) === undefined && child.exitCode === null) await wait(50);
  if (child.exitCode !== null) throw new Error("Portkey's gateway did not start");
  return {
    url,
    headers: `x-portkey-provider: openai\r\nx-portkey-custom-host: ${upstream}/v1\r\n`,
    cpuMicroseconds: () => Promise.resolve(cpuOf(child.pid ?? 0)),
    stop: () => void child.kill(),
  };
}
