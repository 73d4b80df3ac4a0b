import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { Pool } from 'undici';
import { serveAt } from '../serveAt.js';

/** undici's dispatch API with raw headers, as a proxy that passes on and measures nothing: what the gateway could be. */
export async function dispatchProxy(upstream: string): Promise<string> {
  const pool = new Pool(upstream);
  return await serveAt(createServer({ noDelay: true }, (req, res) => relay(pool, req, res)));
}

function relay(pool: Pool, req: IncomingMessage, res: ServerResponse): void {
  const parts: Buffer[] = [];
  req.on('data', (part: Buffer) => parts.push(part));
  req.on('end', () => {
    const options = {
      path: req.url ?? '/',
      method: req.method ?? 'GET',
      headers: without(req.rawHeaders, ['host', 'connection']),
      body: Buffer.concat(parts),
    };
    pool.dispatch(options, {
      onRequestStart() {},
      onResponseStart(controller, status) {
        const raw = controller.rawHeaders;
        const headers = Array.isArray(raw) ? raw.map((part) => part.toString('latin1')) : [];
        res.writeHead(status, without(headers, ['transfer-encoding', 'connection']));
      },
      onResponseData(controller, chunk) {
        if (res.write(chunk)) return;
        controller.pause();
        res.once('drain', () => controller.resume());
      },
      onResponseEnd() {
        res.end();
      },
      onResponseError() {
        res.destroy();
      },
    });
  });
}

function without(raw: readonly string[], names: readonly string[]): string[] {
  const kept: string[] = [];
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const name = raw[at] ?? '';
    if (!names.includes(name.toLowerCase())) kept.push(name, raw[at + 1] ?? '');
  }
  return kept;
}
