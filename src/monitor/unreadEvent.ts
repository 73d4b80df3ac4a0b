import { readLimits, type ToldAttempt } from '../call/attempt.js';
import type { Identified } from './CallIdentity.js';
import type { AIEvent, CallFields, EventMetrics, EventName } from './events.js';

/** What an event tells, but for the correlation id. */
export type Unidentified<M> = Omit<M, 'correlationId'>;

type UnreadMetrics<N extends EventName> = N extends 'ai_attempt' ? CallFields & ToldAttempt : EventMetrics[N];

/** An event in which nothing is made or read yet that nobody may ever ask for; the correlation id is that of `call`. */
export type UnreadEvent = {
  [N in EventName]: [eventName: N, metrics: Unidentified<UnreadMetrics<N>>, call: Identified];
}[EventName];

/** The event as those get it who are told of each one. */
export function readEvent([eventName, metrics, { correlationId }]: UnreadEvent): AIEvent {
  if (eventName !== 'ai_attempt') return [eventName, { correlationId, ...metrics }] as AIEvent;
  const { rateLimits: told, ...attempt } = metrics;
  const rateLimits = readLimits(told);
  const read = { correlationId, ...attempt };
  return ['ai_attempt', rateLimits === undefined ? read : { ...read, rateLimits }];
}
