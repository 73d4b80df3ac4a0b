import type { Effects } from '../faults/effects.js';
import type { SimulatedModel } from '../models.js';
import type { PromptCache } from '../PromptCache.js';
import type { Random } from '../Random.js';
import type { Usage } from '../tokens.js';

/** What an endpoint knows of one call. */
export interface ApiCall {
  readonly body: Readonly<Record<string, unknown>>;
  readonly models: readonly SimulatedModel[];
  readonly random: Random;
  readonly effects: Effects;
  readonly cache: PromptCache;
  /** Unix seconds. */
  readonly created: number;
}

/** One server-sent event, ready to be written. */
export interface Frame {
  /** Milliseconds after the call came. */
  readonly atMs: number;
  readonly text: string;
  /** Completion tokens that it brings. */
  readonly tokens: number;
  /** True for the events that tell a client that the stream is whole. */
  readonly last?: boolean;
}

interface ReplyBase {
  readonly model: SimulatedModel;
  readonly usage: Usage;
  /** Milliseconds after the call came at which the headers are sent; for JSON the body too. */
  readonly afterMs: number;
}

export interface JsonReply extends ReplyBase {
  readonly kind: 'json';
  readonly body: unknown;
}

export interface StreamReply extends ReplyBase {
  readonly kind: 'stream';
  readonly frames: Iterable<Frame>;
  readonly usageTold: boolean;
  /** The event of a break, as its text; `sequence` is how many events came before. */
  errorFrame(kind: 'error_event' | 'failed', sequence: number): string;
}

/** What an endpoint answers. */
export type Reply = JsonReply | StreamReply;

/** One path of the API. Throws an ApiError when it refuses the call. */
export interface Endpoint {
  readonly path: string;
  answer(call: ApiCall): Reply;
}
