import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { resolve } from 'node:path';
import { ensureProgram } from '../../src/cli/programs/ensureProgram.js';
import type { Week } from './Week.js';

const say = (line: string): void => void process.stderr.write(`${line}\n`);

export interface StoredWhile {
  readonly folder: string;
  readonly from: number;
  readonly to: number;
  readonly step: number;
}

/** Writes a while into a store of Prometheus, with its own tool. */
export async function store(week: Week, { folder, from, to, step }: StoredWhile): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const text = `${folder}/history.txt`;
  await pipeline(Readable.from(week.history(from, to, step)), createWriteStream(text));
  const promtool = await ensureProgram('promtool', say);
  await promisify(execFile)(promtool, ['tsdb', 'create-blocks-from', 'openmetrics', text, `${folder}/data`]);
  rmSync(text);
}

export interface Running {
  readonly url: string;
  readonly child: ChildProcess;
}

/** Starts Prometheus on the store, with the committed rules, scraping what goes on with the series. */
export async function startPrometheus(folder: string, target: string): Promise<Running> {
  const config = {
    global: { scrape_interval: '15s', evaluation_interval: '15s' },
    rule_files: [resolve('alerts/*.yml')],
    scrape_configs: [
      {
        job_name: 'promptmeter',
        static_configs: [{ targets: [target], labels: { instance: '127.0.0.1:9464' } }],
      },
    ],
  };
  writeFileSync(`${folder}/prometheus.yml`, JSON.stringify(config));
  const child = spawn(
    await ensureProgram('prometheus', say),
    [
      `--config.file=${folder}/prometheus.yml`,
      `--storage.tsdb.path=${folder}/data`,
      '--storage.tsdb.retention.time=100y',
      '--web.listen-address=127.0.0.1:0',
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let url: string | undefined;
  for await (const line of createInterface({ input: child.stderr })) {
    const address = /Listening on"? address=(127\.0\.0\.1:\d+)/.exec(line)?.[1];
    if (address !== undefined) url = `http://${address}`;
    if (line.includes('Server is ready to receive web requests')) break;
  }
  child.stderr.resume();
  if (url === undefined) throw new Error('Prometheus did not start; run it by hand to see why');
  return { url, child };
}

export async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const gone = once(child, 'exit');
  child.kill();
  await gone;
}
