import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/** A running Prometheus. */
export interface Server {
  readonly url: string;
  /** Makes it read its configuration anew. */
  reload(): void;
  stop(): Promise<void>;
}

/** Starts it before all other work of the machine, where that is allowed: what else runs here must not be measured. */
export async function startServer(program: string, configuration: string, data: string): Promise<Server> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const options = [
    `--config.file=${configuration}`,
    `--storage.tsdb.path=${data}`,
    '--storage.tsdb.retention.time=100y',
    `--web.listen-address=127.0.0.1:${port}`,
  ];
  const child = spawn('nice', ['-n', '-20', program, ...options], { stdio: 'ignore' });
  while (!(await fetch(`${url}/-/ready`).catch(() => undefined))?.ok) {
    if (child.exitCode !== null) throw new Error(`${program} did not start; run it with ${options.join(' ')}`);
    await wait(500);
  }
  return {
    url,
    reload: () => void child.kill('SIGHUP'),
    stop: async () => {
      const gone = once(child, 'exit');
      child.kill();
      await gone;
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
