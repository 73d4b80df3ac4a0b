import { readLimits, type ToldAttempt } from '../call/attempt.js';
import type { AIEvent, CallFields } from './events.js';

/** An event in which nothing is read yet that nobody may ever ask for. */
export type UnreadEvent = AIEvent | [eventName: 'ai_attempt', metrics: CallFields & ToldAttempt];

/** The event as those get it who are told of each one. */
export function readEvent(event: UnreadEvent): AIEvent {
  if (event[0] !== 'ai_attempt') return event;
  const { rateLimits: told, ...attempt } = event[1];
  const rateLimits = readLimits(told);
  return ['ai_attempt', rateLimits === undefined ? attempt : { ...attempt, rateLimits }];
}
