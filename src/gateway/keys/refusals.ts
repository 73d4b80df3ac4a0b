import type { GatewayError } from '../errors.js';

const WWW_AUTHENTICATE = ['www-authenticate', 'Bearer realm="promptmeter"'] as const;

/** In OpenAI's shape, so that its libraries know them. */
export const KEY_MISSING: GatewayError = {
  status: 401,
  type: 'invalid_request_error',
  code: 'invalid_api_key',
  message: 'This gateway takes calls with a key of its own only; send it as OPENAI_API_KEY, or as x-promptmeter-key.',
  headers: WWW_AUTHENTICATE,
};

export const KEY_WRONG: GatewayError = {
  status: 401,
  type: 'invalid_request_error',
  code: 'invalid_api_key',
  message: 'This key is not one of the gateway, or was revoked; ask whoever runs it for one.',
  headers: WWW_AUTHENTICATE,
};

export function tooManyFailures(seconds: number): GatewayError {
  return {
    status: 429,
    type: 'invalid_request_error',
    code: 'too_many_failed_keys',
    message: `Too many calls with a wrong key came from this address; correct the key and try again in ${seconds} s.`,
    headers: ['retry-after', String(seconds)],
  };
}

export const BUSY: GatewayError = {
  status: 503,
  type: 'server_error',
  code: 'gateway_busy',
  message: 'The gateway is checking many new keys at once; try again.',
  headers: ['retry-after', '1'],
};
