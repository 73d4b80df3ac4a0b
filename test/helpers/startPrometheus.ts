import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { ensureProgram } from '../../src/cli/programs/ensureProgram.js';
import { startListening, type ListeningProgram } from './listeningProgram.js';
import type { TemporaryFolder } from './temporaryFolder.js';

export type RunningPrometheus = ListeningProgram;

/** A real Prometheus on a free port that scrapes nothing and holds `openMetrics`, lines with timestamps and `# EOF`. */
export async function startPrometheus(folder: TemporaryFolder, openMetrics: string): Promise<RunningPrometheus> {
  const data = `${folder.path}/data`;
  folder.write('history.txt', openMetrics);
  folder.write('prometheus.yml', 'scrape_configs: []\n');
  const promtool = await ensureProgram('promtool', (line) => void process.stderr.write(`${line}\n`));
  const fill = ['tsdb', 'create-blocks-from', 'openmetrics', `${folder.path}/history.txt`, data];
  await promisify(execFile)(promtool, fill);

  return startListening(
    'prometheus',
    [
      `--config.file=${folder.path}/prometheus.yml`,
      `--storage.tsdb.path=${data}`,
      '--storage.tsdb.retention.time=100y',
    ],
    (line) => line.includes('Server is ready to receive web requests'),
  );
}
