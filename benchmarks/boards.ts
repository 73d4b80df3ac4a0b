import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { countedCalls } from './boards/counted.js';
import { firstPaint, launch, type Paint } from './boards/firstPaint.js';
import { startPrometheus, stop, store } from './boards/prometheus.js';
import { Week } from './boards/Week.js';
import type { Section } from './Section.js';
import { median, spread } from './statistics.js';

const STEP = 15;
const DAY = 86_400;
/** One block of Prometheus. */
const PIECE = 7200;
/** Three scrapes, until rates and the rules have something. */
const SETTLE_MS = 50_000;
const CLI = 'dist/cli/main.js';
const BOARDS = ['overview', 'latency', 'errors', 'cost', 'service-levels', 'capacity', 'self'];

/** How fast the preview draws each board over days of data, and how fast they are generated. */
export async function boards(days: number, rounds: number): Promise<Section> {
  const folder = mkdtempSync(join(tmpdir(), 'promptmeter-boards-'));
  const week = new Week(await countedCalls());
  const exporter = createServer((_, res) => {
    res.setHeader('content-type', 'text/plain; version=0.0.4');
    res.end(week.at(Date.now() / 1000));
  }).listen(0, '127.0.0.1');
  await once(exporter, 'listening');
  const address = exporter.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  try {
    await fill(week, folder, days);
    const prometheus = await startPrometheus(folder, `127.0.0.1:${port}`);
    try {
      await wait(SETTLE_MS);
      return await measured(prometheus.url, week.size, days, rounds);
    } finally {
      await stop(prometheus.child);
    }
  } finally {
    exporter.close();
    exporter.closeAllConnections();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** From so many days ago until now, piece by piece. */
async function fill(week: Week, folder: string, days: number): Promise<void> {
  const now = (): number => Math.floor(Date.now() / 1000 / STEP) * STEP;
  let from = Math.floor((now() - days * DAY) / PIECE) * PIECE;
  while (now() - from > STEP) {
    const to = Math.min(from + PIECE, now());
    await store(week, { folder, from, to, step: STEP });
    from = to;
  }
}

async function measured(prometheusUrl: string, series: number, days: number, rounds: number): Promise<Section> {
  const args = [CLI, 'preview', '--port', '0', '--prometheus-url', prometheusUrl];
  const preview = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] });
  const [line] = (await once(createInterface({ input: preview.stdout }), 'line')) as [string];
  const { url } = JSON.parse(line) as { url: string };
  const browser = await launch();
  const rows: string[][] = [];
  const screens = new Map<string, number>();
  try {
    for (const board of BOARDS) {
      const paints: Paint[] = [];
      for (let round = 0; round < rounds; round += 1) {
        paints.push(await firstPaint(browser, `${url}/d/promptmeter-${board}?refresh=`));
      }
      const failed = paints.reduce((sum, paint) => sum + paint.failed, 0);
      if (failed > 0) throw new Error(`${board}: ${failed} panels were not drawn; run it on a quieter machine`);
      screens.set(board, median(paints.map(({ screen }) => screen)));
      rows.push([
        board,
        ...(['first', 'screen', 'whole'] as const).map((key) => spread(paints.map((each) => each[key]))),
      ]);
    }
  } finally {
    await browser.close();
    await stop(preview);
  }
  const generated = Array.from({ length: rounds }, () => generateMs());
  return {
    title: `Boards over ${days} days of data`,
    intro: `Milliseconds until the preview draws a board as it opens, in a browser that has never seen it: medians (and the middle half) of ${rounds}. ${series.toLocaleString('en')} series at ${STEP} s in a real Prometheus.`,
    head: ['board', 'first paint', 'first screen', 'all panels'],
    rows,
    notes: [
      `The first screen of the overview is drawn after ${((screens.get('overview') ?? NaN) / 1000).toFixed(2)} s (target 2 s).`,
      `\`promptmeter generate --check\` of all files takes ${(median(generated) / 1000).toFixed(2)} s, the start of Node.js included (target 2 s).`,
    ],
  };
}

function generateMs(): number {
  const before = performance.now();
  spawnSync(process.execPath, [CLI, 'generate', '--check'], { stdio: 'ignore' });
  return performance.now() - before;
}
