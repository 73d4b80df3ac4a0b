/** Faults that answer with an error instead of a result. */
export const REFUSALS = ['401', '403', '429', 'insufficient_quota', '500', '503', 'content_filter'] as const;

/** Faults that give no answer at all: silence until the client leaves, or a connection reset before any header. */
export const SILENCES = ['timeout', 'reset'] as const;

/**
 * Faults that strike an answer which has begun: the connection is cut; an `error` event comes; the response ends as
 * failed; nothing more comes; the stream ends without its last event; something that is not JSON comes.
 */
export const BREAKS = ['cut', 'error_event', 'failed', 'stall', 'no_done', 'garbage'] as const;

/** Faults that change a whole answer: slower, more tokens, or events torn into several packets. */
export const CHANGES = ['slow', 'cost', 'split'] as const;

export const FAULT_KINDS = [...REFUSALS, ...SILENCES, ...BREAKS, ...CHANGES] as const;

export type RefusalKind = (typeof REFUSALS)[number];
export type SilenceKind = (typeof SILENCES)[number];
export type BreakKind = (typeof BREAKS)[number];
export type FaultKind = (typeof FAULT_KINDS)[number];

/** One fault for one call. */
export interface Fault {
  readonly kind: FaultKind;
  /**
   * What it means depends on the kind: seconds of `retry-after` for 429 and 503, events before a break strikes, the
   * factor of slow and cost. Absent: the default of the kind.
   */
  readonly value?: number | undefined;
}

export function isOneOf<T extends string>(kinds: readonly T[], kind: string): kind is T {
  return kinds.some((known) => known === kind);
}
