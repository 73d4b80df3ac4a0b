import { asRecord } from '../call/guards.js';
import { UnsupportedClientError } from '../errors.js';
import { assertSeam, type SeamClient } from './seam.js';

/**
 * A second client with the settings of the first, so that what is replaced on it leaves the first untouched. Settings
 * that `withOptions` of some versions forgets are carried over: Azure's version and deployment, keys that are
 * functions, fields set after the client was made.
 */
export function cloneClient<T extends object>(client: T): T & SeamClient {
  assertSeam(client);
  const clone: unknown = client.withOptions(forgottenOptions(client));
  assertSeam(clone);
  if (!isLike(clone, client)) throw new UnsupportedClientError('withOptions that makes a client of its own kind');
  carryOver(client, clone);
  return clone;
}

/** What `withOptions` has to be told anew, else a client of its kind can't be made. */
export function forgottenOptions(client: object): object {
  const fields = asRecord(client) ?? {};
  const apiKey = asRecord(fields['_options'])?.['apiKey'];
  if (typeof fields['apiVersion'] !== 'string') return typeof apiKey === 'function' ? { apiKey } : {};
  return {
    apiVersion: fields['apiVersion'],
    deployment: fields['deploymentName'],
    // An empty key keeps the constructor from reading the environment's, which excludes a token provider.
    ...(typeof apiKey === 'function' ? { azureADTokenProvider: apiKey, apiKey: '' } : {}),
  };
}

function carryOver(from: object, to: object): void {
  for (const [key, value] of Object.entries(from)) {
    const isSetting = value === null || ['string', 'number', 'boolean'].includes(typeof value);
    if (!(key in to) || (isSetting && Reflect.get(to, key) !== value)) Reflect.set(to, key, value);
  }
}

/** Whether a client is of the same class, so that it can stand in for the other. */
export function isLike<T extends object>(value: unknown, like: T): value is T {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.getPrototypeOf(like);
}
