import type OpenAI from 'openai';
import { Child } from '../Child.js';
import { freshSdk } from '../sdk.js';
import { KINDS, type Kind } from './kinds.js';
import { clientOf } from './variants.js';

/** Microseconds of processor time of the whole process that a call took, garbage collection included. */
export interface Round {
  readonly bare: number;
  readonly measured: number;
}

/** Has this process make calls for the one that forked it: a block by each client for every kind that it names. */
export function playCaller(variant: string): void {
  const bare = freshSdk().client;
  const measured = clientOf(variant);
  let isBareFirst = false;
  process.on('message', (title: string) => {
    const kind = KINDS.find((one) => one.title === title);
    // In turns, since what comes first pays for the garbage of what came last.
    isBareFirst = !isBareFirst;
    if (kind !== undefined) void round(kind, bare, measured, isBareFirst).then((took) => process.send?.(took));
  });
  process.on('disconnect', () => process.exit(0));
}

/** A process that makes calls by a bare client and by one that is measured. */
export class Caller {
  readonly #child: Child<string>;

  constructor(readonly variant: string) {
    this.#child = new Child(['--variant', variant]);
  }

  async round({ title }: Kind): Promise<Round> {
    return (await this.#child.ask(title)) as Round;
  }

  stop(): void {
    this.#child.stop();
  }
}

async function round(kind: Kind, bare: OpenAI, measured: OpenAI, isBareFirst: boolean): Promise<Round> {
  if (isBareFirst) return { bare: await block(bare, kind), measured: await block(measured, kind) };
  return { measured: await block(measured, kind), bare: await block(bare, kind) };
}

async function block(client: OpenAI, { call, block: calls }: Kind): Promise<number> {
  const before = process.cpuUsage();
  for (let done = 0; done < calls; done += 1) await call(client);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / calls;
}
