import type { IncomingMessage } from 'node:http';
import type { Attempt } from '../call/attempt.js';
import type { ErrorType } from '../call/errorType.js';
import type { Clock } from '../monitor/Clock.js';

const COUNT_HEADER = 'x-stainless-retry-count';
/** Longer than any client waits before it tries again, the time of the attempt itself included. */
const KEPT_MS = 15 * 60_000;
const MOST_KINDS = 1000;
const MOST_OF_A_KIND = 100;

/** What is told of an attempt that replaces another. */
export type Replaced = Pick<Attempt, 'retryReason' | 'lostMs'>;

interface Failed {
  readonly reason: ErrorType;
  readonly startedAt: number;
}

/**
 * Knows which attempts failed of late, so that the one that replaces it tells why it was needed and what was lost.
 * OpenAI's SDKs number the attempts of a call, but give calls no name: an attempt replaces the oldest failed one with the
 * number before from the same address, of the same path and length. Where two calls look the same they may be mixed up,
 * which changes neither the number of retries nor the sum of the time lost.
 */
export class FailedAttempts {
  /** The oldest kind first. */
  readonly #kinds = new Map<string, Failed[]>();

  constructor(private readonly clock: Clock) {}

  /** Remembers that this request, sent on at `startedAt`, failed. A client that does not number its attempts is not known again. */
  remember(request: IncomingMessage, reason: ErrorType, startedAt: number): void {
    const number = numberOf(request);
    if (number === undefined) return;
    const kind = kindOf(request, number);
    const failed = this.#kinds.get(kind) ?? [];
    if (failed.length < MOST_OF_A_KIND) failed.push({ reason, startedAt });
    this.#kinds.delete(kind);
    this.#kinds.set(kind, failed);
    if (this.#kinds.size <= MOST_KINDS) return;
    const [oldest] = this.#kinds.keys();
    if (oldest !== undefined) this.#kinds.delete(oldest);
  }

  /** What is known of the attempt that this request replaces; undefined for a call's first. */
  replacedBy(request: IncomingMessage): Replaced | undefined {
    const number = numberOf(request);
    if (number === undefined || number === 0) return undefined;
    const kind = kindOf(request, number - 1);
    const failed = this.#kinds.get(kind) ?? [];
    const now = this.clock.now();
    for (;;) {
      const oldest = failed.shift();
      if (failed.length === 0) this.#kinds.delete(kind);
      if (oldest === undefined) return { retryReason: 'unknown' };
      const lostMs = now - oldest.startedAt;
      if (lostMs <= KEPT_MS) return { retryReason: oldest.reason, lostMs: Math.max(0, lostMs) };
    }
  }
}

function numberOf({ headers }: IncomingMessage): number | undefined {
  const header = headers[COUNT_HEADER];
  return typeof header === 'string' && /^\d{1,3}$/.test(header) ? Number(header) : undefined;
}

function kindOf({ socket, method, url, headers }: IncomingMessage, number: number): string {
  return [socket.remoteAddress, method, url, headers['content-length'], number].join(' ');
}
