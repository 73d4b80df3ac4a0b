import type { CallFields } from './events.js';
import type { Unidentified } from './unreadEvent.js';
import type { Writable } from './Writable.js';

/** What is known of a call, whenever an event of it happens. */
export type KnownFields = Omit<CallFields, 'timestamp' | 'correlationId'>;

/** What every event tells, of one that happened at `timestamp`. */
export function callFields(known: KnownFields, timestamp: number): Writable<Unidentified<CallFields>> {
  const { provider, model, operation, attribution, messageCount, traceId } = known;
  const fields: Writable<Unidentified<CallFields>> = { provider, model, operation, attribution, timestamp };
  if (messageCount !== undefined) fields.messageCount = messageCount;
  if (traceId !== undefined) fields.traceId = traceId;
  return fields;
}
