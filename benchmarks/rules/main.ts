/**
 * `npm run bench:rules [-- --quick] [-- --write]`: what one evaluation of all rules takes on a real Prometheus with thirty
 * days of ten thousand series. --quick: two days and fewer looks; --write: into docs/alerts.md, where each major version
 * has its section.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { dump } from 'js-yaml';
import { replaceSection } from '../../src/cli/generate/replaceSection.js';
import { ensureProgram } from '../../src/cli/programs/ensureProgram.js';
import { loadConfig } from '../../src/config/loadConfig.js';
import { generateFiles, prometheusConfig } from '../../src/generators/index.js';
import { temporaryFolder } from '../../test/helpers/temporaryFolder.js';
import { backfill } from './backfill.js';
import { startExporter } from './exporter.js';
import { lastDurations, untilTaken } from './measure.js';
import { recordedSeries } from './recorded.js';
import { reportOf } from './report.js';
import { busyExporter } from './series.js';
import { startServer } from './server.js';

const PAGE = 'docs/alerts.md';
const DAY = 86_400;
const HOUR = 3600;
/** Less than the hour that Prometheus takes samples late by, and what rules read of the series of calls. */
const HEAD_SECONDS = 3300;
const RAW_SECONDS = 900;
/** Until all groups that are evaluated every minute have been. */
const WARM_UP_SECONDS = 90;

const { values } = parseArgs({ options: { quick: { type: 'boolean' }, write: { type: 'boolean' } } });
const days = values.quick === true ? 2 : 30;
const looks = values.quick === true ? 24 : 36;
const say = (line: string) => void process.stderr.write(`bench:rules: ${line}\n`);

const config = loadConfig({ env: {}, cwd: process.cwd() });
const raw = busyExporter();
const recorded = recordedSeries(config);
const folder = temporaryFolder();
const data = `${folder.path}/data`;
const exporter = await startExporter(raw);
const target = `127.0.0.1:${exporter.port}`;

/** Thirty days in blocks: what rules look at in the density in which it was recorded, all else sparse. */
async function fill(promtool: string, now: number): Promise<number> {
  const head = now - HEAD_SECONDS;
  const scraped = raw.map((each) => ({
    ...each,
    text: each.text.replace('{', `{job="promptmeter",instance="${target}",`),
  }));
  const forLong = recorded.filter(({ isForLong }) => isForLong);
  say(`${raw.length} series, and ${recorded.length} recorded ones, ${forLong.length} of them for ${days} days`);
  for (let day = days; day > 0; day -= 1) {
    const [from, to] = [now - day * DAY, day === 1 ? head : now - (day - 1) * DAY];
    await backfill(promtool, data, `${folder.path}/day.txt`, [
      { series: scraped, from, to, every: 2 * HOUR },
      ...forLong.map((each) => ({ series: [each], from, to, every: day <= 2 ? each.every : Math.max(60, each.every) })),
    ]);
    say(`${day} days ago`);
  }
  // The last hour is in memory, the series themselves for as long as rules read them.
  const lately = recorded.map((each) => ({ series: [each], from: head, to: now, every: each.every }));
  exporter.remember('recorded', lately);
  exporter.remember('scraped', [{ series: scraped, from: now - RAW_SECONDS, to: now, every: 5 }]);
  const samples = (seconds: number, every: number) => Math.floor(seconds / every);
  return (
    recorded.reduce((sum, { every }) => sum + samples(HEAD_SECONDS, every), 0) + raw.length * samples(RAW_SECONDS, 5)
  );
}

/** Reads both histories: recorded series without the labels of a target, the others with those that they had. */
const HISTORY = {
  scrape_configs: [
    { job_name: 'recorded', metric_relabel_configs: [{ action: 'labeldrop', regex: 'job|instance' }] },
    { job_name: 'scraped', honor_labels: true },
  ].map((job) => ({
    ...job,
    metrics_path: `/history/${job.job_name}`,
    scrape_interval: '1m',
    scrape_timeout: '1m',
    static_configs: [{ targets: [target] }],
  })),
};

try {
  const [promtool, program] = [await ensureProgram('promtool', say), await ensureProgram('prometheus', say)];
  const samples = await fill(promtool, Math.floor(Date.now() / 1000));
  folder.write('prometheus.yml', dump(HISTORY));
  const server = await startServer(program, `${folder.path}/prometheus.yml`, data);
  try {
    say('the last hour');
    await untilTaken(server.url, 0.99 * samples);
    for (const { path, content } of generateFiles(config)) if (path.startsWith('alerts/')) folder.write(path, content);
    const ruleFiles = [`${folder.path}/alerts/*.yml`];
    const places = { exporterTargets: [target], alertmanagerTargets: [], ruleFiles };
    folder.write('prometheus.yml', prometheusConfig(config, places));
    server.reload();
    await lastDurations(server.url, 1, WARM_UP_SECONDS);
    say('measuring');
    const durations = await lastDurations(server.url, looks, 5);
    const build = await (await fetch(`${server.url}/api/v1/status/buildinfo`)).text();
    const [, version = '', major = ''] = /"version":"((\d+)[^"]*)"/.exec(build) ?? [];
    const report = reportOf({ days, series: raw.length, version, durations });
    process.stdout.write(report);
    if (values.write === true) {
      const page = replaceSection(readFileSync(PAGE, 'utf8'), `evaluation-${major}`, report);
      if (page === undefined) throw new Error(`${PAGE} has no section evaluation-${major}; put its marks in`);
      writeFileSync(PAGE, page);
    }
  } finally {
    await server.stop();
  }
} finally {
  exporter.close();
  folder.remove();
}
