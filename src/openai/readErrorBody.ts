import { asRecord, asString } from '../call/guards.js';
import { parseJson } from './parseJson.js';

/** What an error answer says of its kind. Never its message, which can hold keys and prompts. */
export interface ErrorKind {
  readonly code?: string;
  readonly type?: string;
}

/** Reads `code` and `type` of an error body, parsed or as text: `{"error": {...}}` or the fields themselves. */
export function readErrorBody(body: unknown): ErrorKind {
  const whole = asRecord(typeof body === 'string' ? parseJson(body) : body);
  const error = asRecord(whole?.['error']) ?? whole;
  const code = asString(error?.['code']);
  const type = asString(error?.['type']);
  return { ...(code === undefined ? {} : { code }), ...(type === undefined ? {} : { type }) };
}
