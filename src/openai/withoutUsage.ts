import { asRecord } from '../call/guards.js';
import { OPEN, COMMA } from './ascii.js';
import { findMember, skipSpace } from './jsonMember.js';
import type { SseEvent } from './sse.js';
import { isUsageOnly, isUsageOnlyChunk } from './StreamObserver.js';

/**
 * What an event is, byte for byte, to somebody who did not ask for usage: undefined for the extra chunk that
 * `stream_options.include_usage` brings, without `"usage":null` where it stands, else its own bytes.
 */
export function withoutUsage(event: SseEvent): Uint8Array | undefined {
  if (!event.data.includes('"usage"')) return event.raw;
  return isUsageOnly(event) ? undefined : withoutNullUsage(event.raw);
}

/** The same of what was parsed of an event. */
export function chunkWithoutUsage(chunk: unknown): unknown {
  const fields = asRecord(chunk);
  if (fields?.['usage'] === undefined) return chunk;
  const { usage, ...rest } = fields;
  if (usage !== null) return isUsageOnlyChunk(chunk) ? undefined : chunk;
  return rest;
}

function withoutNullUsage(raw: Uint8Array): Uint8Array {
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  const member = findMember(bytes, 'usage', bytes.indexOf(OPEN));
  if (member === undefined || bytes.toString('latin1', member.value, member.end) !== 'null') return raw;
  if (member.comma !== -1) return without(bytes, member.comma, member.end);
  const next = skipSpace(bytes, member.end);
  return without(bytes, member.key, bytes[next] === COMMA ? skipSpace(bytes, next + 1) : member.end);
}

function without(bytes: Buffer, start: number, end: number): Uint8Array {
  return Buffer.concat([bytes.subarray(0, start), bytes.subarray(end)]);
}
