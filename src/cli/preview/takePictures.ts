import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { MissingServiceError } from '../../errors.js';

export interface PictureOptions {
  /** Where the preview answers. */
  readonly url: string;
  readonly boards: readonly string[];
  /** Where the pictures go; made if it isn't there. */
  readonly folder: string;
  readonly chromium: string;
  /** How far back the pictures go, such as `1h`. */
  readonly from: string;
  readonly theme: 'dark' | 'light';
}

export interface Picture {
  readonly board: string;
  readonly file: string;
  /** What panels say instead of drawing, one sentence each. */
  readonly problems: readonly string[];
}

const WIDTH = 1600;
const PATIENCE_MS = 60_000;

/**
 * Opens every board in a browser without a window and gives a picture of all of it, one after the other.
 * @throws MissingServiceError when playwright-core isn't installed or the browser doesn't start.
 */
export async function* takePictures(options: PictureOptions): AsyncGenerator<Picture> {
  const browser = await launch(options.chromium);
  try {
    await mkdir(options.folder, { recursive: true });
    const page = await browser.newPage({ viewport: { width: WIDTH, height: 900 } });
    for (const board of options.boards) yield await takePicture(page, board, options);
  } finally {
    await browser.close();
  }
}

/** A board of which a panel failed is opened once more: on a busy machine a query may take too long once. */
async function takePicture(page: Page, board: string, { url, folder, from, theme }: PictureOptions): Promise<Picture> {
  const search = new URLSearchParams({ from: `now-${from}`, to: 'now', theme, refresh: '' });
  const address = `${url}/d/${board}?${search.toString()}`;
  const file = join(folder, `${board}.png`);
  let problems = await openBoard(page, address);
  if (problems.length > 0) problems = await openBoard(page, address);
  await page.screenshot({ path: file, fullPage: true });
  return { board, file, problems };
}

/** What panels say instead of drawing, once all of them have drawn or given up. */
async function openBoard(page: Page, address: string): Promise<readonly string[]> {
  try {
    await page.goto(address, { timeout: PATIENCE_MS });
    await page.waitForSelector('html[data-state="idle"]', { state: 'attached', timeout: PATIENCE_MS });
  } catch {
    return [`the board did not come within ${PATIENCE_MS / 1000} s; try again when the machine is less busy`];
  }
  const failed = await page.locator('.panel[data-state="error"]').all();
  const said = failed.map(async (panel) => {
    const title = (await panel.getAttribute('aria-label')) ?? '';
    return `${title}: ${await panel.locator('.message').innerText()}`;
  });
  return Promise.all(said);
}

/** The library is large and only needed for pictures, so it's no dependency of the package. */
async function launch(executablePath: string): Promise<Browser> {
  const { chromium } = await import('playwright-core').catch((error: unknown) => {
    const message = 'pictures need the package playwright-core; run `npm install playwright-core` and try again';
    throw new MissingServiceError(message, { cause: error });
  });
  // As root, Chromium's sandbox can't start; it then shows nothing but the pages of the preview itself.
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  try {
    return await chromium.launch({ executablePath, args });
  } catch (error) {
    const message = `${executablePath} does not start; run it by hand with --headless to see why`;
    throw new MissingServiceError(message, { cause: error });
  }
}
