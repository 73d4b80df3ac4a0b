import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { lines, type Stretch } from './backfill.js';
import { valueAt, type Series } from './series.js';

/** What Prometheus scrapes in the benchmark. */
export interface BusyExporter {
  readonly port: number;
  /** Answered once at `/history/<name>`, with timestamps: Prometheus then has it in memory, as if it had been running. */
  remember(name: string, stretches: readonly Stretch[]): void;
  close(): void;
}

export async function startExporter(series: readonly Series[]): Promise<BusyExporter> {
  const histories = new Map<string, readonly Stretch[]>();
  const server = createServer(({ url = '' }, response) => {
    response.setHeader('content-type', 'text/plain; version=0.0.4');
    const [, name] = /^\/history\/(\w+)$/.exec(url) ?? [];
    if (name === undefined) response.end(now(series));
    else answerOnce(name, histories, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    remember: (name, stretches) => void histories.set(name, stretches),
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

function answerOnce(name: string, histories: Map<string, readonly Stretch[]>, response: ServerResponse): void {
  const stretches = histories.get(name) ?? [];
  histories.delete(name);
  Readable.from(lines(stretches, 1000)).pipe(response);
}

function now(series: readonly Series[]): string {
  const seconds = Date.now() / 1000;
  return series.map((each) => `${each.text} ${valueAt(each, seconds)}\n`).join('');
}
