import type OpenAI from 'openai';
import { jsonCall, streamCall } from '../calls.js';
import { CHUNKS } from '../stubFetch.js';

export interface Kind {
  readonly title: string;
  readonly call: (client: OpenAI) => Promise<void>;
  /** Calls of one block: so many that there is in it what the peers do for 512 spans at a time. */
  readonly block: number;
  /** Blocks that are counted, of each client in each process. */
  readonly rounds: number;
  /** Blocks that aren't counted, until the engine has compiled what there is to compile. */
  readonly warmUp: number;
  /** Microseconds that a call may cost more. */
  readonly budget: number;
}

export const KINDS: readonly Kind[] = [
  { title: 'JSON call', call: jsonCall, block: 600, rounds: 30, warmUp: 27, budget: 20 },
  { title: `stream of ${CHUNKS} chunks`, call: streamCall, block: 520, rounds: 12, warmUp: 8, budget: 70 },
];
