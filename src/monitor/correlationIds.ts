import { asRecord, asString } from '../call/guards.js';
import { createTag } from './createTag.js';

const ids = createTag<string>();

const HEADER = 'x-promptmeter-id';

/** Ties what the application gets of a call to the call, without a trace on it. Never throws. */
export function tieCorrelationId(value: unknown, correlationId: string): void {
  const object = asRecord(value);
  if (object === undefined) return;
  ids.set(object, correlationId);
  try {
    // `parse()` copies an answer, and shares this part of it with the copy.
    const usage = asRecord(object['usage']);
    if (usage !== undefined) ids.set(usage, correlationId);
  } catch {
    // The application's own object may have getters that throw; then it is tied by itself alone.
  }
}

/** Whether this was tied to this call, and to no other one since. */
export function isTiedTo(value: object, correlationId: string): boolean {
  return ids.get(value) === correlationId;
}

/**
 * The correlation id of the call that this came from, for `recordOutcome`: an answer, a stream, an error or a response
 * of `monitorOpenAI`, one of the SDK's stream helpers once its request is under way (of several calls the last) and its
 * final answer; of the adapter or of `trackRequest`; or a response of the gateway. Undefined for anything else,
 * copies among them.
 */
export function correlationIdOf(value: unknown): string | undefined {
  const object = asRecord(value);
  if (object === undefined) return undefined;
  return (
    ids.get(object) ??
    tiedBy(object['usage']) ??
    tiedBy(object['controller']) ??
    tiedBy(asRecord(object['controller'])?.['signal']) ??
    headerOf(object['headers'])
  );
}

/** The SDK makes an answer's stream anew, with the controller of the attempt that brought it. */
function tiedBy(part: unknown): string | undefined {
  const object = asRecord(part);
  return object === undefined ? undefined : ids.get(object);
}

function headerOf(headers: unknown): string | undefined {
  const get = asRecord(headers)?.['get'];
  return typeof get === 'function' ? asString(Reflect.apply(get, headers, [HEADER])) : undefined;
}
