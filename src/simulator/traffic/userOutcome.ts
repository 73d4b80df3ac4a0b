import type { UserOutcome } from '../../call/userOutcome.js';
import type { Random } from '../Random.js';
import type { CallReport } from './makeCall.js';

/** Of those who got an answer, so many show what they think of it. */
const SHOWN = 0.4;

/** Nobody leaves within this time, in seconds; half of those who would leave at all have left after so many more. */
const PATIENCE_SECONDS = 2;
const HALF_LEFT_AFTER_SECONDS = 5;
const MOST_LEAVE = 0.8;
const LEAVE_ANYHOW = 0.02;

/** What becomes of the others. */
const SATISFIED: readonly (readonly [UserOutcome, upTo: number])[] = [
  ['accepted', 0.62],
  ['edited', 0.8],
  ['thumbs_up', 0.9],
  ['retried', 0.95],
  ['thumbs_down', 1],
];

/** How likely a user has gone who waited so long, between 0 and 1. */
export function abandonment(waitedSeconds: number): number {
  const beyond = Math.max(0, waitedSeconds - PATIENCE_SECONDS);
  return LEAVE_ANYHOW + (MOST_LEAVE - LEAVE_ANYHOW) * (1 - 0.5 ** (beyond / HALF_LEFT_AFTER_SECONDS));
}

/** What the user did; undefined when nobody knows. */
export function userOutcome({ outcome, waitedMs }: CallReport, random: Random): UserOutcome | undefined {
  if (outcome === 'left') return 'abandoned';
  if (outcome === 'error') return random.chance(0.7) ? 'retried' : 'abandoned';
  if (random.chance(abandonment(waitedMs / 1000))) return 'abandoned';
  if (!random.chance(SHOWN)) return undefined;
  const drawn = random.float();
  return SATISFIED.find(([, upTo]) => drawn < upTo)?.[0];
}
