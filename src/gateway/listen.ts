import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { MissingServiceError } from '../errors.js';
import { codeOf } from './upstreamError.js';

/** @throws MissingServiceError when the address can't be bound. */
export async function listen(server: Server, host: string, port: number): Promise<AddressInfo> {
  await new Promise<void>((resolve, reject) => {
    const onError = (cause: Error): void => reject(new MissingServiceError(whatToDo(cause, host, port), { cause }));
    server.once('error', onError);
    server.listen({ host, port }, () => {
      server.off('error', onError);
      resolve();
    });
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new MissingServiceError(`${host} is no network address`);
  return address;
}

function whatToDo(cause: Error, host: string, port: number): string {
  switch (codeOf(cause)) {
    case 'EADDRINUSE':
      return `Port ${port} on ${host} is in use; stop what uses it or set PROMPTMETER_GATEWAY_PORT to another port, 0 for a free one.`;
    case 'EACCES':
      return `Port ${port} on ${host} may not be bound by this user; set PROMPTMETER_GATEWAY_PORT to a port above 1023.`;
    default:
      return `The gateway can't bind to ${host}, port ${port} (${codeOf(cause)}); set PROMPTMETER_HOST to an address of this machine.`;
  }
}
