import type { ErrorType } from '../../call/errorType.js';

/** Codes with which a WebSocket is closed that was not wanted any more: normal, going away, none told. */
const GOOD: ReadonlySet<number | undefined> = new Set([1000, 1001, undefined]);

/** https://www.iana.org/assignments/websocket/websocket.xhtml (2026-11) */
const BY_CODE: ReadonlyMap<number, ErrorType> = new Map([
  [1002, 'invalid_request'],
  [1003, 'invalid_request'],
  [1007, 'invalid_request'],
  [1008, 'invalid_request'],
  [1009, 'invalid_request'],
  [1010, 'invalid_request'],
  [1011, 'server_error'],
  [1012, 'server_error'],
  [1013, 'overloaded'],
  [1014, 'server_error'],
  [3000, 'authentication'],
  [3003, 'permission'],
  [3008, 'timeout'],
]);

/** Why a session failed that the upstream closed with this code; undefined when it did not. */
export function closeFailure(code: number | undefined): ErrorType | undefined {
  return GOOD.has(code) ? undefined : (BY_CODE.get(code ?? 0) ?? 'stream_error');
}
