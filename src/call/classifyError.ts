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

/** Of openai's classes only those whose errors carry no status. */
const BY_CLASS: Readonly<Record<string, ErrorType>> = {
  APIUserAbortError: 'aborted',
  AbortError: 'aborted',
  APIConnectionTimeoutError: 'timeout',
  TimeoutError: 'timeout',
  APIConnectionError: 'connection',
  StreamInterruptedError: 'stream_interrupted',
  ContentFilterFinishReasonError: 'content_filter',
  // What the SDK throws for an error event inside a stream: its one error of the API without a status.
  APIError: 'stream_error',
};

/** Codes of Node.js and undici. */
const CONNECTION_CODE =
  /^(ECONN|EPIPE|ENOTFOUND|EAI_|EHOST|ENET|HPE_|ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|ERR_STREAM_PREMATURE_CLOSE|UND_ERR_SOCKET)/;
const TIMEOUT_CODE = /^(ETIMEDOUT|UND_ERR_(CONNECT|HEADERS|BODY)_TIMEOUT)/;

/** The error type of an HTTP answer: its `error.code` (or `error.type`) where that says more, else its status. */
export function classifyHttp(status: number, code?: string, type?: string): ErrorType {
  return byCode(code) ?? byCode(type) ?? BY_STATUS[status] ?? byRange(status);
}

/** The error type of an error event inside a stream that had begun with 200. */
export function classifyStreamError(code?: string, type?: string): ErrorType {
  return byCode(code) ?? byCode(type) ?? 'stream_error';
}

/**
 * Why a thrown value means that a call failed: by status, code, SDK class and system error of it or of its causes,
 * never by a message. Never throws, whatever was thrown.
 */
export function classifyError(error: unknown): CallFailure {
  try {
    return classify(error);
  } catch {
    // A getter or a proxy that throws: the application shall see its own error, not this one.
    return { errorType: 'unknown' };
  }
}

function classify(error: unknown): CallFailure {
  const fields = asRecord(error);
  if (fields === undefined) return { errorType: 'unknown' };
  const errorName = classNameOf(fields);
  let likely: ErrorType | undefined;
  for (let at: typeof fields | undefined = fields, depth = 0; at !== undefined && depth < 5; depth += 1) {
    const httpStatus = statusOf(at);
    const code = asString(at['code']);
    const type = asString(at['type']);
    if (httpStatus !== undefined) return { errorType: classifyHttp(httpStatus, code, type), httpStatus, errorName };
    const known = byCode(code) ?? byCode(type) ?? bySystemCode(code) ?? byClass(at);
    // That the connection failed is what the SDK says of a timeout of the socket too: the cause knows better.
    if (known !== undefined && known !== 'connection') return { errorType: known, errorName };
    likely ??= known;
    at = asRecord(at['cause']);
  }
  return { errorType: likely ?? 'unknown', errorName };
}

function statusOf({ status }: Record<string, unknown>): number | undefined {
  return typeof status === 'number' && status >= 100 && status <= 599 ? status : undefined;
}

function bySystemCode(code = ''): ErrorType | undefined {
  if (TIMEOUT_CODE.test(code)) return 'timeout';
  return CONNECTION_CODE.test(code) ? 'connection' : undefined;
}

/** By its class or one that it extends, and by the name that errors of the platform carry. */
function byClass(fields: Record<string, unknown>): ErrorType | undefined {
  for (let at: unknown = Object.getPrototypeOf(fields), depth = 0; at !== null && depth < 10; depth += 1) {
    const known = byName(constructorName(at));
    if (known !== undefined) return known;
    at = Object.getPrototypeOf(at);
  }
  return byName(asString(fields['name']) ?? '');
}

function byName(name: string): ErrorType | undefined {
  return Object.hasOwn(BY_CLASS, name) ? BY_CLASS[name] : undefined;
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
  const className = constructorName(fields);
  const name = asString(fields['name']);
  return className !== '' && className !== 'Object' && className !== 'DOMException' ? className : name;
}

function constructorName(value: unknown): string {
  const constructor: unknown = asRecord(value)?.constructor;
  return typeof constructor === 'function' ? constructor.name : '';
}
