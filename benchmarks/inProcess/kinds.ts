import type OpenAI from 'openai';
import { jsonCall, streamCall } from '../calls.js';
import { CHUNKS } from '../stubFetch.js';

export interface Kind {
  readonly title: string;
  readonly call: (client: OpenAI) => Promise<void>;
  /** Calls of one block. */
  readonly block: number;
  /** Blocks that aren't counted, until the engine has compiled what there is to compile. */
  readonly warmUp: number;
  /** Microseconds that a call may cost more. */
  readonly budget: number;
}

export const KINDS: readonly Kind[] = [
  { title: 'JSON call', call: jsonCall, block: 200, warmUp: 80, budget: 20 },
  { title: `stream of ${CHUNKS} chunks`, call: streamCall, block: 40, warmUp: 100, budget: 70 },
];
