import { createRequire } from 'node:module';
import { join } from 'node:path';
import type OpenAI from 'openai';
import { stubFetch } from './stubFetch.js';

const PEERS = join(process.cwd(), 'benchmarks/peers/package.json');

export interface Sdk {
  readonly module: object;
  readonly client: OpenAI;
}

/** A copy of the SDK of its own, so that what one instrumentation patches is seen by no other. */
export function freshSdk(): Sdk {
  const require = createRequire(join(process.cwd(), 'package.json'));
  for (const path of Object.keys(require.cache)) {
    if (path.includes('/node_modules/openai/')) Reflect.deleteProperty(require.cache, path);
  }
  const module: unknown = require('openai');
  if (!isSdk(module)) throw new Error('the openai package has no class OpenAI');
  return { module, client: new module.OpenAI({ apiKey: 'none', fetch: stubFetch, maxRetries: 0 }) };
}

/** A package of benchmarks/peers; undefined while they are not installed. */
export function peerPackage(name: string): unknown {
  try {
    return createRequire(PEERS)(name);
  } catch {
    return undefined;
  }
}

function isSdk(module: unknown): module is { OpenAI: typeof OpenAI } {
  return (typeof module === 'object' || typeof module === 'function') && module !== null && 'OpenAI' in module;
}
