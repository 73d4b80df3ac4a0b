/** Why a call failed. A closed set: taken from HTTP status, error code and SDK class, never from a message. */
export const ERROR_TYPES = [
  'rate_limit',
  'quota_exceeded',
  'authentication',
  'permission',
  'not_found',
  'invalid_request',
  'context_length',
  'content_filter',
  'server_error',
  'overloaded',
  'timeout',
  'connection',
  'stream_interrupted',
  'stream_error',
  'aborted',
  'unknown',
] as const;

export type ErrorType = (typeof ERROR_TYPES)[number];
