import type { ApiError } from '../ApiError.js';
import { BREAKS, REFUSALS, SILENCES, isOneOf, type BreakKind, type Fault, type SilenceKind } from './kinds.js';
import { refusalOf } from './refusal.js';

/** A break strikes after so many events unless it is told otherwise: late enough that some text was sent. */
const EVENTS_BEFORE_BREAK = 6;

/** What all faults of one call come to. */
export interface Effects {
  readonly refusal?: ApiError;
  readonly silence?: SilenceKind;
  /** What strikes the answer, and after how many events. */
  readonly broken?: { readonly kind: BreakKind; readonly after: number };
  /** Every delay is this many times as long. */
  readonly slow: number;
  /** Tokens are this many times as many. */
  readonly cost: number;
  /** Whether every event is torn in two. */
  readonly split: boolean;
}

/** The first fault of each sort counts; factors multiply. */
export function effectsOf(faults: readonly Fault[]): Effects {
  return faults.reduce<Effects>(withFault, { slow: 1, cost: 1, split: false });
}

function withFault(effects: Effects, { kind, value }: Fault): Effects {
  if (isOneOf(REFUSALS, kind)) return { refusal: refusalOf(kind, value), ...effects };
  if (isOneOf(SILENCES, kind)) return { silence: kind, ...effects };
  if (isOneOf(BREAKS, kind)) return { broken: { kind, after: value ?? EVENTS_BEFORE_BREAK }, ...effects };
  if (kind === 'slow') return { ...effects, slow: effects.slow * (value ?? 10) };
  if (kind === 'cost') return { ...effects, cost: effects.cost * (value ?? 10) };
  return { ...effects, split: true };
}
