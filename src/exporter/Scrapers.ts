import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

interface Scraper {
  scrapes: number;
  /** Called when it has come again or has closed its connection. */
  settle: (() => void) | undefined;
}

/** From this many scrapes on one connection on, whoever makes them is taken to come again. */
const REGULAR = 2;

/**
 * Who scrapes regularly, so that a process that ends can wait for one more scrape of each: what was counted since the one
 * before would be lost. They are known by the connections that they keep; one that has closed its own won't come again.
 */
export class Scrapers {
  readonly #scrapers = new Map<Socket, Scraper>();

  /** A scrape has been asked for. It counts once its answer was sent whole and well. */
  asked({ socket }: IncomingMessage, response: ServerResponse): void {
    response.once('finish', () => {
      if (response.statusCode === 200) this.#scraped(socket);
    });
  }

  /** Resolves when everyone who scrapes regularly has scraped once more or has left; after `ms` milliseconds at the latest. */
  async onceMore(ms: number): Promise<void> {
    const regular = [...this.#scrapers.values()].filter(({ scrapes }) => scrapes >= REGULAR);
    if (regular.length === 0) return;
    const all = Promise.all(regular.map((scraper) => new Promise<void>((resolve) => (scraper.settle = resolve))));
    let timer: NodeJS.Timeout | undefined;
    const over = new Promise<void>((resolve) => (timer = setTimeout(resolve, ms)));
    await Promise.race([all, over]);
    clearTimeout(timer);
  }

  #scraped(socket: Socket): void {
    const scraper = this.#scrapers.get(socket) ?? this.#met(socket);
    scraper.scrapes += 1;
    scraper.settle?.();
  }

  #met(socket: Socket): Scraper {
    const scraper: Scraper = { scrapes: 0, settle: undefined };
    this.#scrapers.set(socket, scraper);
    socket.once('close', () => {
      this.#scrapers.delete(socket);
      scraper.settle?.();
    });
    return scraper;
  }
}
