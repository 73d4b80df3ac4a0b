import { ApiError, type ApiErrorFields } from '../ApiError.js';
import type { RefusalKind } from './kinds.js';

interface Refusal extends Omit<ApiErrorFields, 'param'> {
  readonly status: number;
  /** Seconds of the header `retry-after`. */
  readonly retryAfter?: number;
}

/** As https://platform.openai.com/docs/guides/error-codes describes them (2026-11). */
const REFUSED: Readonly<Record<RefusalKind, Refusal>> = {
  '401': {
    status: 401,
    message: 'Incorrect API key provided. You can find your API key at https://platform.openai.com/account/api-keys.',
    type: 'invalid_request_error',
    code: 'invalid_api_key',
  },
  '403': {
    status: 403,
    message: 'Country, region, or territory not supported',
    type: 'request_forbidden',
    code: 'unsupported_country_region_territory',
  },
  '429': {
    status: 429,
    message: 'Rate limit reached for requests. Please try again in 1s.',
    type: 'requests',
    code: 'rate_limit_exceeded',
    retryAfter: 1,
  },
  insufficient_quota: {
    status: 429,
    message: 'You exceeded your current quota, please check your plan and billing details.',
    type: 'insufficient_quota',
    code: 'insufficient_quota',
  },
  '500': {
    status: 500,
    message: 'The server had an error while processing your request. Sorry about that!',
    type: 'server_error',
    code: null,
  },
  '503': {
    status: 503,
    message: 'The engine is currently overloaded, please try again later.',
    type: 'service_unavailable_error',
    code: null,
    retryAfter: 1,
  },
  content_filter: {
    status: 400,
    message: 'Your request was rejected as a result of our safety system.',
    type: 'invalid_request_error',
    code: 'content_policy_violation',
  },
};

/** The error answer of a fault; `retryAfter` is in seconds. */
export function refusalOf(kind: RefusalKind, retryAfter = REFUSED[kind].retryAfter): ApiError {
  const { status, message, type, code } = REFUSED[kind];
  return new ApiError(status, { message, type, param: null, code }, retryHeaders(retryAfter));
}

export function retryHeaders(seconds: number | undefined): Record<string, string> {
  if (seconds === undefined) return {};
  return { 'retry-after': String(Math.ceil(seconds)), 'retry-after-ms': String(Math.ceil(seconds * 1000)) };
}
