import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { ensureProgram } from '../../src/cli/programs/ensureProgram.js';
import { freePort } from '../../src/cli/serve/workers/freePort.js';
import { temporaryFolder } from './temporaryFolder.js';

export interface LivePrometheus {
  readonly url: string;
  /** Resolves once the query has a result above 0; rejects after half a minute. */
  until(query: string): Promise<void>;
  close(): Promise<void>;
}

/** A real Prometheus on a free port that scrapes one target every second; `flags` are added to its command line. */
export async function startPrometheus(target: string, flags: readonly string[] = []): Promise<LivePrometheus> {
  const program = await ensureProgram('prometheus', (line) => void process.stderr.write(`${line}\n`));
  const folder = temporaryFolder();
  folder.write(
    'prometheus.yml',
    `global: { scrape_interval: 1s }\nscrape_configs: [{ job_name: promptmeter, static_configs: [{ targets: ['${target}'] }] }]\n`,
  );
  const port = await freePort('127.0.0.1');
  const server = spawn(
    program,
    [
      `--config.file=${join(folder.path, 'prometheus.yml')}`,
      `--storage.tsdb.path=${join(folder.path, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
      ...flags,
    ],
    { stdio: 'ignore' },
  );
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    until: async (query) => {
      const giveUpAt = performance.now() + 30_000;
      while (!(await holds(url, query))) {
        if (performance.now() > giveUpAt) throw new Error(`Prometheus has no result above 0 for ${query}`);
        await wait(200);
      }
    },
    close: async () => {
      server.kill();
      await once(server, 'exit');
      folder.remove();
    },
  };
}

async function holds(url: string, query: string): Promise<boolean> {
  const answer = await fetch(`${url}/api/v1/query?query=${encodeURIComponent(`(${query}) > 0`)}`).catch(
    () => undefined,
  );
  return answer?.ok === true && /"result":\[\{/.test(await answer.text());
}
