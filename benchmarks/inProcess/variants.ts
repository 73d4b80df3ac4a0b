import { AsyncLocalStorage } from 'node:async_hooks';
import { join } from 'node:path';
import type OpenAI from 'openai';
import { monitored } from '../monitored.js';
import { freshSdk, peerPackage } from '../sdk.js';

export const OURS = 'Promptmeter';
export const OURS_FOLLOWED = `${OURS}, AsyncLocalStorage in use`;

const OWN: Readonly<Record<string, () => OpenAI>> = {
  [OURS]: () => monitored(),
  [OURS_FOLLOWED]: () => {
    // From now on the process follows asynchronous work, which every promise of it pays for.
    new AsyncLocalStorage().enterWith({});
    return monitored();
  },
};

/** What calls can be measured by: Promptmeter, and the peers that are installed. */
export const variantNames = (): readonly string[] => [...Object.keys(OWN), ...Object.keys(peers())];

export const isPeer = (name: string): boolean => !(name in OWN);

/** A client that is measured. To be made once a process, since what a peer sets up holds for all of it. */
export function clientOf(name: string): OpenAI {
  const own = OWN[name];
  if (own !== undefined) return own();
  const attach = peers()[name];
  if (typeof attach !== 'function') throw new Error(`there is no variant ${name}`);
  const { module, client } = freshSdk();
  Reflect.apply(attach, undefined, [module]);
  return client;
}

function peers(): Readonly<Record<string, unknown>> {
  const loaded = peerPackage(join(process.cwd(), 'benchmarks/peers/attach.cjs'));
  return isRecord(loaded) && isRecord(loaded['attach']) ? loaded['attach'] : {};
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
