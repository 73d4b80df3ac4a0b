import { Agent, createServer, request } from 'node:http';
import { serveAt } from '../serveAt.js';
import { passedHeaders } from './passedHeaders.js';

/** node:http on both sides as a proxy that measures nothing. */
export async function httpModuleProxy(upstream: string): Promise<string> {
  const { hostname, port } = new URL(upstream);
  const agent = new Agent({ keepAlive: true, noDelay: true });
  const server = createServer({ noDelay: true }, (req, res) => {
    const headers = passedHeaders(req.headers);
    const onward = request({ agent, hostname, port, path: req.url, method: req.method, headers }, (answer) => {
      res.writeHead(answer.statusCode ?? 502, passedHeaders(answer.headers));
      answer.pipe(res);
    });
    onward.on('error', () => res.destroy());
    req.pipe(onward);
  });
  return await serveAt(server);
}
