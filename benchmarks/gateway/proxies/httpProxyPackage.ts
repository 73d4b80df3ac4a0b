import { Agent, createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { peerPackage } from '../../sdk.js';
import { serveAt } from '../serveAt.js';

interface HttpProxy {
  web(req: IncomingMessage, res: ServerResponse): void;
}

/** The http-proxy package, one of the peers. */
export async function httpProxyPackage(upstream: string): Promise<string> {
  const module = peerPackage('http-proxy');
  if (!isHttpProxyModule(module)) throw new Error('http-proxy is not installed; run with --peers');
  const proxy = module.createProxyServer({ target: upstream, agent: new Agent({ keepAlive: true }) });
  return await serveAt(createServer({ noDelay: true }, (req, res) => proxy.web(req, res)));
}

export const hasHttpProxy = (): boolean => isHttpProxyModule(peerPackage('http-proxy'));

function isHttpProxyModule(module: unknown): module is { createProxyServer(options: object): HttpProxy } {
  return (
    (typeof module === 'object' || typeof module === 'function') && module !== null && 'createProxyServer' in module
  );
}
