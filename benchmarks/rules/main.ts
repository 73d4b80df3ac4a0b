/**
 * `npm run bench:rules [-- --quick] [-- --write]`: what one evaluation of all rules takes on a real Prometheus with thirty
 * days of ten thousand series. --quick: two days and fewer looks; --write: into docs/alerts.md.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseArgs } from 'node:util';
import { replaceSection } from '../../src/cli/generate/replaceSection.js';
import { ensureProgram } from '../../src/cli/programs/ensureProgram.js';
import { loadConfig } from '../../src/config/loadConfig.js';
import { generateFiles, prometheusConfig } from '../../src/generators/index.js';
import { temporaryFolder } from '../../test/helpers/temporaryFolder.js';
import { backfill } from './backfill.js';
import { lastDurations } from './measure.js';
import { recordedSeries } from './recorded.js';
import { reportOf } from './report.js';
import { busyExporter, valueAt } from './series.js';

const PAGE = 'docs/alerts.md';
const DAY = 86_400;
const HOUR = 3600;
const WARM_UP_SECONDS = 320;

const { values } = parseArgs({ options: { quick: { type: 'boolean' }, write: { type: 'boolean' } } });
const days = values.quick === true ? 2 : 30;
const looks = values.quick === true ? 24 : 110;
const say = (line: string) => void process.stderr.write(`bench:rules: ${line}\n`);

const config = loadConfig({ env: {}, cwd: process.cwd() });
const raw = busyExporter();
const recorded = recordedSeries(config);
const folder = temporaryFolder();
const exporter = createServer((_, response) => {
  const now = Date.now() / 1000;
  response.setHeader('content-type', 'text/plain; version=0.0.4');
  response.end(raw.map((each) => `${each.text} ${valueAt(each, now)}\n`).join(''));
}).listen(0, '127.0.0.1');
await once(exporter, 'listening');
const { port } = exporter.address() as AddressInfo;

try {
  const [promtool, program] = [await ensureProgram('promtool', say), await ensureProgram('prometheus', say)];
  const data = `${folder.path}/data`;
  const target = { job: 'promptmeter', instance: `127.0.0.1:${port}` };
  const scraped = raw.map((each) => ({
    ...each,
    text: each.text.replace('{', `{job="${target.job}",instance="${target.instance}",`),
  }));
  const now = Math.floor(Date.now() / 1000);
  const lately = now - 1.2 * HOUR;
  const forLong = recorded.filter(({ isForLong }) => isForLong);
  say(`${raw.length} series, and ${recorded.length} recorded ones, ${forLong.length} of them for ${days} days`);
  for (let day = days; day > 0; day -= 1) {
    const [from, to] = [now - day * DAY, day === 1 ? lately : now - (day - 1) * DAY];
    // Rules read raw series over minutes, and nearly all recorded ones over an hour: older samples only have to be there.
    await backfill(promtool, data, `${folder.path}/day.txt`, [
      { series: scraped, from, to, every: 2 * HOUR },
      ...forLong.map((each) => ({ series: [each], from, to, every: day <= 2 ? each.every : Math.max(60, each.every) })),
    ]);
    say(`${day} days ago`);
  }
  await backfill(
    promtool,
    data,
    `${folder.path}/lately.txt`,
    recorded.map((each) => ({ series: [each], from: lately, to: now, every: each.every })),
  );

  for (const { path, content } of generateFiles(config)) if (path.startsWith('alerts/')) folder.write(path, content);
  folder.write(
    'prometheus.yml',
    prometheusConfig(config, {
      exporterTargets: [target.instance],
      alertmanagerTargets: [],
      ruleFiles: [`${folder.path}/alerts/*.yml`],
    }),
  );
  const listen = createServer().listen(0, '127.0.0.1');
  await once(listen, 'listening');
  const { port: own } = listen.address() as AddressInfo;
  listen.close();
  await once(listen, 'close');
  const server = spawn(
    program,
    [
      `--config.file=${folder.path}/prometheus.yml`,
      `--storage.tsdb.path=${data}`,
      '--storage.tsdb.retention.time=100y',
      `--web.listen-address=127.0.0.1:${own}`,
    ],
    { stdio: 'ignore' },
  );
  const url = `http://127.0.0.1:${own}`;
  try {
    while (!(await fetch(`${url}/-/ready`).catch(() => undefined))?.ok)
      await new Promise((next) => setTimeout(next, 500));
    say('letting the raw series fill their window of five minutes');
    await new Promise((next) => setTimeout(next, WARM_UP_SECONDS * 1000));
    say('measuring');
    const version =
      (await (await fetch(`${url}/api/v1/status/buildinfo`)).text()).match(/"version":"([^"]+)"/)?.[1] ?? '';
    const report = reportOf({ days, series: raw.length, version, durations: await lastDurations(url, looks, 5) });
    process.stdout.write(report);
    if (values.write === true) {
      const page = replaceSection(readFileSync(PAGE, 'utf8'), 'evaluation', report);
      if (page === undefined) throw new Error(`${PAGE} has lost the marks of its section evaluation; put them back`);
      writeFileSync(PAGE, page);
    }
  } finally {
    const gone = once(server, 'exit');
    server.kill();
    await gone;
  }
} finally {
  exporter.close();
  exporter.closeAllConnections();
  folder.remove();
}
