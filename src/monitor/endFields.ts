import type { CallFailure } from '../call/call.js';
import type { ErrorFields } from './events.js';

/** (duration - first token) / (completion tokens - 1), in milliseconds; null when there were not two tokens. */
export function timePerOutputToken(
  duration: number,
  firstTokenMs: number | null,
  tokens: number | null,
): number | null {
  if (firstTokenMs === null || tokens === null || tokens < 2) return null;
  return Math.max(0, duration - firstTokenMs) / (tokens - 1);
}

/** What is told of a failure, with nothing in it that the upstream said. */
export function errorFields({ errorType, errorName, httpStatus }: CallFailure): ErrorFields {
  return {
    errorType,
    errorName: errorName ?? 'Error',
    errorMessage: httpStatus === undefined ? errorType : `HTTP ${httpStatus}: ${errorType}`,
    httpStatus: httpStatus ?? null,
  };
}
