import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import type { Tls } from '../../access/httpServer.js';
import type { Config, TlsFiles } from '../../config/Config.js';
import { ConfigurationError, messageOf } from '../../errors.js';

export interface ServerTls {
  readonly gateway: Tls | undefined;
  readonly exporter: Tls | undefined;
}

/**
 * The certificates and keys of both servers, as their files are now.
 * @throws ConfigurationError when one can't be read, is no PEM, or certificate and key don't belong together.
 */
export function readTls({ source, gateway, metrics }: Config): ServerTls {
  return {
    gateway: read(gateway.tlsFiles, 'gateway.tls', source),
    exporter: read(metrics.tlsFiles, 'exporter.tls', source),
  };
}

/** Of both servers, to be watched. */
export function tlsPaths({ gateway, metrics }: Config): string[] {
  return [gateway.tlsFiles, metrics.tlsFiles]
    .flatMap((files) => [files?.cert, files?.key, files?.clientCa])
    .flatMap((path) => path ?? []);
}

function read(files: TlsFiles | undefined, path: string, source: string): Tls | undefined {
  if (files === undefined) return undefined;
  const fail = (message: string): never => {
    throw new ConfigurationError(source, [{ path, message }]);
  };
  const textOf = (file: string): string => {
    try {
      return readFileSync(file, 'utf8');
    } catch {
      return fail(`the file ${file} can't be read here; put it there or correct its path`);
    }
  };
  const { cert, key, clientCa } = files;
  const tls = { cert: textOf(cert), key: textOf(key), clientCa: clientCa === undefined ? undefined : textOf(clientCa) };
  try {
    createSecureContext({ cert: tls.cert, key: tls.key, ...(tls.clientCa !== undefined && { ca: tls.clientCa }) });
  } catch (error) {
    return fail(`these are no certificate and key that belong together (${messageOf(error)}); write both anew, as PEM`);
  }
  return tls;
}
