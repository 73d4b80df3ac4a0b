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
 * Opens every board in a browser without a window and writes a picture of all of it.
 * @throws MissingServiceError when playwright-core isn't installed or the browser doesn't start.
 */
export async function takePictures(options: PictureOptions): Promise<readonly Picture[]> {
  const browser = await launch(options.chromium);
  try {
    await mkdir(options.folder, { recursive: true });
    const page = await browser.newPage({ viewport: { width: WIDTH, height: 900 } });
    const pictures: Picture[] = [];
    for (const board of options.boards) pictures.push(await takePicture(page, board, options));
    return pictures;
  } finally {
    await browser.close();
  }
}

async function takePicture(page: Page, board: string, { url, folder, from, theme }: PictureOptions): Promise<Picture> {
  const search = new URLSearchParams({ from: `now-${from}`, to: 'now', theme, refresh: '' });
  await page.goto(`${url}/d/${board}?${search.toString()}`);
  await page.waitForSelector('html[data-state="idle"]', { state: 'attached', timeout: PATIENCE_MS });
  const file = join(folder, `${board}.png`);
  await page.screenshot({ path: file, fullPage: true });
  const failed = await page.locator('.panel[data-state="error"]').all();
  const problems = failed.map(async (panel) => {
    const title = (await panel.getAttribute('aria-label')) ?? '';
    return `${title}: ${await panel.locator('.message').innerText()}`;
  });
  return { board, file, problems: await Promise.all(problems) };
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
