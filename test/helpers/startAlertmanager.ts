import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { ensureProgram } from '../../src/cli/programs/ensureProgram.js';
import type { TemporaryFolder } from './temporaryFolder.js';

export interface RunningAlertmanager {
  readonly url: string;
  stop(): Promise<void>;
}

/** A real Alertmanager on a free port with this configuration. */
export async function startAlertmanager(folder: TemporaryFolder, config: string): Promise<RunningAlertmanager> {
  folder.write('alertmanager.yml', config);
  const child = spawn(
    await ensureProgram('alertmanager', (line) => void process.stderr.write(`${line}\n`)),
    [
      `--config.file=${folder.path}/alertmanager.yml`,
      `--storage.path=${folder.path}/alertmanager`,
      '--web.listen-address=127.0.0.1:0',
      '--cluster.listen-address=',
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const lines: string[] = [];
  let url: string | undefined;
  for await (const line of createInterface({ input: child.stderr })) {
    lines.push(line);
    const address = /Listening on"? address=(127\.0\.0\.1:\d+)/.exec(line)?.[1];
    if (address === undefined) continue;
    url = `http://${address}`;
    break;
  }
  child.stderr.resume();
  if (url === undefined) throw new Error(`Alertmanager did not start:\n${lines.join('\n')}`);
  return {
    url,
    stop: async () => {
      if (child.exitCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    },
  };
}
