import { chromium, type Browser, type Page } from 'playwright-core';
import { ensureChromium } from './chromium.js';

export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: await ensureChromium(),
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
}

export interface OpenPage {
  readonly page: Page;
  /** What the browser has complained about. */
  readonly complaints: readonly string[];
}

/** Opens an address and waits until the preview has drawn all it can. */
export async function openPage(browser: Browser, url: string): Promise<OpenPage> {
  const page = await browser.newPage({ viewport: { width: 1600, height: 900 } });
  page.setDefaultTimeout(15_000);
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (!['error', 'warning'].includes(message.type())) return;
    // A network of the machine came or went, as with any container that starts; the page asks again.
    if (!message.text().includes('net::ERR_NETWORK_CHANGED')) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.goto(url);
  await page.waitForSelector('html[data-state="idle"]', { state: 'attached' });
  return { page, complaints };
}
