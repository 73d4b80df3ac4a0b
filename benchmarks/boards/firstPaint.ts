import { chromium, type Browser } from 'playwright-core';
import { findChromium } from '../../src/cli/preview/findChromium.js';

/** Milliseconds from the request for the page. */
export interface Paint {
  /** The first text or picture on the screen. */
  readonly first: number;
  /** All panels that a laptop shows without scrolling. */
  readonly screen: number;
  readonly whole: number;
  /** Panels that say why they could not be drawn. */
  readonly failed: number;
}

const SCREEN = { width: 1440, height: 900 };
const PATIENCE_MS = 120_000;

export async function launch(): Promise<Browser> {
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({ executablePath: findChromium(process.env), args });
}

/** Opens a page in a browser that has never seen it. */
export async function firstPaint(browser: Browser, url: string): Promise<Paint> {
  const context = await browser.newContext({ viewport: SCREEN });
  try {
    const page = await context.newPage();
    await page.addInitScript(watch);
    await page.goto(url);
    await page.waitForSelector('html[data-state="idle"]', { state: 'attached', timeout: PATIENCE_MS });
    return await page.evaluate(() => ({
      first: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN,
      screen: Number(document.documentElement.dataset['screenDrawn']),
      whole: performance.now(),
      failed: document.querySelectorAll('.panel[data-state="error"]').length,
    }));
  } finally {
    await context.close();
  }
}

/** Runs in the page: notes when the last panel of the first screen has been drawn. */
function watch(): void {
  const look = (): void => {
    const panels = [...document.querySelectorAll<HTMLElement>('.panel')];
    const seen = panels.filter((panel) => panel.getBoundingClientRect().top < innerHeight);
    if (seen.length > 0 && seen.every((panel) => panel.dataset['state'] !== 'loading')) {
      document.documentElement.dataset['screenDrawn'] = String(performance.now());
    } else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}
