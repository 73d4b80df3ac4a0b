const MAX_OUTCOMES = 1000;

/** One outcome as it was sent. Whether call and outcome are known is for whoever joins them. */
export interface SentOutcome {
  readonly correlationId: string;
  readonly outcome: string;
}

export type ReadOutcomes =
  | { readonly outcomes: readonly SentOutcome[] }
  /** A sentence that names the place and what is expected there. */
  | { readonly problem: string };

/** Reads one outcome, or a list of them. */
export function readOutcomes(body: unknown): ReadOutcomes {
  if (!Array.isArray(body)) return readAll([body], () => 'the body');
  if (body.length > MAX_OUTCOMES) return { problem: `send a list of at most ${MAX_OUTCOMES} outcomes` };
  return readAll(body, (at) => `[${at}]`);
}

function readAll(values: readonly unknown[], placeOf: (at: number) => string): ReadOutcomes {
  const outcomes: SentOutcome[] = [];
  for (const [at, value] of values.entries()) {
    if (!isOutcome(value)) {
      return { problem: `${placeOf(at)} must be {"correlationId": "...", "outcome": "..."}, both of them texts` };
    }
    outcomes.push(value);
  }
  return { outcomes };
}

function isOutcome(value: unknown): value is SentOutcome {
  return (
    typeof value === 'object' &&
    value !== null &&
    'correlationId' in value &&
    typeof value.correlationId === 'string' &&
    'outcome' in value &&
    typeof value.outcome === 'string'
  );
}
