import { resolve } from 'node:path';
import { PromptmeterError, UsageError } from '../../errors.js';
import { listDashboard } from '../../preview/listDashboards.js';
import type { Io } from '../io.js';
import { readDashboards } from './dashboardFolder.js';
import { findChromium } from './findChromium.js';
import { listenPreview, type PreviewServer } from './PreviewServer.js';
import { takePictures } from './takePictures.js';
import { readWebAssets } from './webAssets.js';

export interface PreviewCommand {
  readonly prometheusUrl: string;
  readonly grafanaUrl?: string;
  readonly tracesUrl?: string;
  readonly dashboards: string;
  readonly port: number;
  readonly scrapeInterval: string;
  readonly png?: string;
  readonly dashboard?: string;
  readonly from: string;
  readonly theme: 'dark' | 'light';
}

/** Serves the preview until told to stop, or writes its pictures and ends. */
export async function preview(options: PreviewCommand, io: Io): Promise<void> {
  const folder = resolve(io.cwd, options.dashboards);
  // Before anything starts, since a folder that isn't there is a slip of the hand.
  await readDashboards(folder);
  const { png, prometheusUrl, grafanaUrl, tracesUrl, scrapeInterval } = options;
  const server = await listenPreview(
    {
      prometheusUrl,
      grafanaUrl,
      tracesUrl,
      scrapeInterval,
      dashboards: () => readDashboards(folder),
      assets: await readWebAssets(),
    },
    io.env['PROMPTMETER_HOST'] ?? '127.0.0.1',
    png === undefined ? options.port : 0,
  );
  try {
    if (png === undefined) await untilStopped(server, io);
    else await writePictures(server, folder, resolve(io.cwd, png), options, io);
  } finally {
    await server.close();
  }
}

async function untilStopped({ url }: PreviewServer, io: Io): Promise<void> {
  io.stdout(JSON.stringify({ listening: 'preview', url }));
  io.stderr(`The preview of the dashboards is at ${url}. Ctrl-C stops it.`);
  await new Promise<void>((stop) => {
    const forget = io.onStop(() => {
      forget();
      stop();
    });
  });
}

async function writePictures(
  { url }: PreviewServer,
  dashboards: string,
  folder: string,
  { dashboard, from, theme }: PreviewCommand,
  io: Io,
): Promise<void> {
  const boards = (await readDashboards(dashboards)).map(listDashboard).flatMap(({ uid, problem }) => {
    if (problem !== undefined) io.stderr(problem);
    return problem === undefined ? [uid] : [];
  });
  const wanted = dashboard === undefined ? boards : boards.filter((uid) => uid === dashboard);
  if (wanted.length === 0) {
    throw new UsageError(`there is no dashboard ${dashboard ?? ''} in ${dashboards}; there are: ${boards.join(', ')}`);
  }
  const chromium = findChromium(io.env);
  let failed = false;
  io.stderr(`Drawing ${wanted.length === 1 ? '1 board' : `${wanted.length} boards`} ...`);
  for await (const { file, board, problems } of takePictures({ url, boards: wanted, folder, chromium, from, theme })) {
    io.stdout(file);
    for (const problem of problems) io.stderr(`${board}: ${problem}`);
    failed ||= problems.length > 0;
  }
  if (failed) {
    throw new PromptmeterError('check_failed', 'some panels could not be drawn; the lines above say why');
  }
}
