import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { ensureProgram } from '../../src/cli/programs/ensureProgram.js';
import type { TemporaryFolder } from './temporaryFolder.js';

export interface RunningPrometheus {
  readonly url: string;
  stop(): Promise<void>;
}

/** A real Prometheus on a free port that scrapes nothing and holds `openMetrics`, lines with timestamps and `# EOF`. */
export async function startPrometheus(folder: TemporaryFolder, openMetrics: string): Promise<RunningPrometheus> {
  const say = (line: string) => void process.stderr.write(`${line}\n`);
  const data = `${folder.path}/data`;
  folder.write('history.txt', openMetrics);
  folder.write('prometheus.yml', 'scrape_configs: []\n');
  const promtool = await ensureProgram('promtool', say);
  const fill = ['tsdb', 'create-blocks-from', 'openmetrics', `${folder.path}/history.txt`, data];
  await promisify(execFile)(promtool, fill);

  const child = spawn(
    await ensureProgram('prometheus', say),
    [
      `--config.file=${folder.path}/prometheus.yml`,
      `--storage.tsdb.path=${data}`,
      '--storage.tsdb.retention.time=100y',
      '--web.listen-address=127.0.0.1:0',
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const lines: string[] = [];
  let url: string | undefined;
  for await (const line of createInterface({ input: child.stderr })) {
    lines.push(line);
    const address = /Listening on"? address=(127\.0\.0\.1:\d+)/.exec(line)?.[1];
    if (address !== undefined) url = `http://${address}`;
    if (line.includes('Server is ready to receive web requests')) break;
  }
  child.stderr.resume();
  if (url === undefined) throw new Error(`Prometheus did not start:\n${lines.join('\n')}`);
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
