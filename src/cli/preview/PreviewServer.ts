import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { MissingServiceError } from '../../errors.js';
import { createPreview } from '../../preview/createPreview.js';
import type { PreviewOptions } from '../../preview/PreviewOptions.js';

export interface PreviewServer {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Serves the preview on a port of its own; port 0 picks a free one.
 * @throws MissingServiceError when the port can't be had.
 */
export async function listenPreview(options: PreviewOptions, host: string, port: number): Promise<PreviewServer> {
  const preview = createPreview(options);
  const server = createServer((req, res) => {
    if (!preview(req, res)) res.writeHead(404, { 'content-type': 'text/plain' }).end('There is nothing here.\n');
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => {
      const message = `the preview can't listen on ${host}:${port}; choose another port with --port`;
      reject(new MissingServiceError(message, { cause: error }));
    });
    server.listen(port, host, resolve);
  });
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${portOf(server.address())}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function portOf(address: AddressInfo | string | null): number {
  return typeof address === 'object' && address !== null ? address.port : 0;
}
