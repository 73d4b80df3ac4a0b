import { Agent, get } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { parseExposition, sumOf, type Sample } from '../exposition.js';

/** Scrapes once a second over one connection, as Prometheus does, until nobody answers any more. */
export class Scraper {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });
  readonly #running: Promise<void>;
  #stopped = false;
  scrapes = 0;
  /** Of the longest one, in milliseconds. */
  longestMs = 0;
  /** Scrapes that were refused, and counters that fell. */
  readonly problems: string[] = [];
  last: readonly Sample[] = [];

  constructor(private readonly metricsUrl: string) {
    this.#running = this.#run();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#running;
  }

  /** Resolves when nobody answers any more. */
  async untilRefused(): Promise<void> {
    await this.#running;
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      const startedAt = performance.now();
      const text = await this.#scrape();
      if (text === undefined) break;
      this.longestMs = Math.max(this.longestMs, performance.now() - startedAt);
      this.scrapes += 1;
      const samples = parseExposition(text);
      const [before, now] = [this.last, samples].map((all) => sumOf(all, 'ai_requests_total'));
      if ((now ?? 0) < (before ?? 0)) this.problems.push(`ai_requests_total fell from ${before} to ${now}`);
      this.last = samples;
      await wait(1000);
    }
    this.#agent.destroy();
  }

  #scrape(): Promise<string | undefined> {
    return new Promise((resolve) => {
      get(`${this.metricsUrl}/metrics`, { agent: this.#agent }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part: string) => (text += part));
        response.on('end', () => {
          if (response.statusCode !== 200) this.problems.push(`a scrape was answered with ${response.statusCode}`);
          resolve(text);
        });
      }).on('error', () => resolve(undefined));
    });
  }
}
