import { z } from 'zod';

const path = z
  .string()
  .regex(/^\/[^\0]*$/, 'the path of a PEM file is allowed, from / on')
  .max(1000);

/** Where a server's certificate and key are; with `clientCa` clients must show a certificate that it has signed. */
export const tlsSchema = z.strictObject({ cert: path, key: path, clientCa: path.optional() });

export interface TlsFiles {
  readonly cert: string;
  readonly key: string;
  readonly clientCa?: string | undefined;
}
