import { createServer } from 'node:http';
import { pipeline } from 'node:stream';
import { Pool } from 'undici';
import { serveAt } from '../serveAt.js';
import { passedHeaders } from './passedHeaders.js';

/** undici's request API as a proxy that measures nothing. */
export async function requestProxy(upstream: string): Promise<string> {
  const pool = new Pool(upstream);
  const server = createServer({ noDelay: true }, (req, res) => {
    const headers = passedHeaders(req.headers);
    pool.request({ path: req.url ?? '/', method: 'POST', headers, body: req }).then(
      ({ statusCode, headers: answered, body }) => {
        res.writeHead(statusCode, passedHeaders(answered));
        pipeline(body, res, () => undefined);
      },
      () => res.destroy(),
    );
  });
  return await serveAt(server);
}
