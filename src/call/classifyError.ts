import type { CallFailure } from './call.js';
import type { ErrorType } from './errorType.js';
import { asRecord, asString } from './guards.js';

/** Codes that say more than the status does. https://platform.openai.com/docs/guides/error-codes (2026-11) */
const BY_CODE: Readonly<Record<string, ErrorType>> = {
  insufficient_quota: 'quota_exceeded',
  billing_hard_limit_reached: 'quota_exceeded',
  rate_limit_exceeded: 'rate_limit',
  tokens_exceeded_rate_limit: 'rate_limit',
  invalid_api_key: 'authentication',
  model_not_found: 'not_found',
  context_length_exceeded: 'context_length',
  string_above_max_length: 'context_length',
  content_filter: 'content_filter',
  content_policy_violation: 'content_filter',
  moderation_blocked: 'content_filter',
  server_error: 'server_error',
  overloaded_error: 'overloaded',
};

const BY_STATUS: Readonly<Record<number, ErrorType>> = {
  401: 'authentication',
  403: 'permission',
  404: 'not_found',
  408: 'timeout',
  413: 'invalid_request',
  429: 'rate_limit',
  503: 'overloaded',
  504: 'timeout',
  529: 'overloaded',
};

const BY_CLASS: Readonly<Record<string, ErrorType>> = {
  APIUserAbortError: 'aborted',
  AbortError: 'aborted',
  APIConnectionTimeoutError: 'timeout',
  TimeoutError: 'timeout',
  APIConnectionError: 'connection',
};

/** Codes of Node.js and undici. */
const CONNECTION_CODE =
  /^(ECONN|EPIPE|ENOTFOUND|EAI_|EHOST|ENET|ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UND_ERR_SOCKET)/;
const TIMEOUT_CODE = /^(ETIMEDOUT|UND_ERR_(CONNECT|HEADERS|BODY)_TIMEOUT)/;

/** The error type of an HTTP answer: its `error.code` (or `error.type`) where that says more, else its status. */
export function classifyHttp(status: number, code?: string, type?: string): ErrorType {
  return byCode(code) ?? byCode(type) ?? BY_STATUS[status] ?? byRange(status);
}

/** The error type of an error event inside a stream that had begun with 200. */
export function classifyStreamError(code?: string, type?: string): ErrorType {
  return byCode(code) ?? byCode(type) ?? 'stream_error';
}

/** Why a thrown value means that a call failed: by SDK class, status, code and system error, never by its message. */
export function classifyError(error: unknown): CallFailure {
  const fields = asRecord(error);
  if (fields === undefined) return { errorType: 'unknown' };
  const errorName = classNameOf(fields);
  const httpStatus = typeof fields['status'] === 'number' ? fields['status'] : undefined;
  return { errorType: typeOf(fields, errorName, httpStatus), httpStatus, errorName };
}

function typeOf(fields: Record<string, unknown>, errorName: string | undefined, status: number | undefined): ErrorType {
  if (status !== undefined) return classifyHttp(status, asString(fields['code']), asString(fields['type']));
  const known = errorName === undefined ? undefined : (BY_CLASS[errorName] ?? BY_CLASS[asString(fields['name']) ?? '']);
  if (known !== undefined) return known;
  return bySystemCode(fields) ?? byCode(asString(fields['code'])) ?? 'unknown';
}

function bySystemCode(fields: Record<string, unknown>): ErrorType | undefined {
  for (let at: Record<string, unknown> | undefined = fields, depth = 0; at !== undefined && depth < 5; depth += 1) {
    const code = asString(at['code']) ?? '';
    if (TIMEOUT_CODE.test(code)) return 'timeout';
    if (CONNECTION_CODE.test(code)) return 'connection';
    at = asRecord(at['cause']);
  }
  return undefined;
}

function byCode(code: string | undefined): ErrorType | undefined {
  return code !== undefined && Object.hasOwn(BY_CODE, code) ? BY_CODE[code] : undefined;
}

function byRange(status: number): ErrorType {
  if (status >= 500) return 'server_error';
  return status >= 400 ? 'invalid_request' : 'unknown';
}

/** SDK errors keep the name "Error", so the class says more than `name`. */
function classNameOf(fields: Record<string, unknown>): string | undefined {
  const constructor: unknown = fields.constructor;
  const className = typeof constructor === 'function' ? constructor.name : '';
  const name = asString(fields['name']);
  return className !== '' && className !== 'Object' && className !== 'DOMException' ? className : name;
}
