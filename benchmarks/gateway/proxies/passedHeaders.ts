import type { IncomingHttpHeaders } from 'node:http';

/** Headers without those that are about one connection. */
export function passedHeaders(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const passed = { ...headers };
  delete passed.host;
  delete passed.connection;
  delete passed['transfer-encoding'];
  return passed;
}
