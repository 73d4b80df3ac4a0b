import OpenAI from 'openai';
import { ContentFilterFinishReasonError, LengthFinishReasonError } from 'openai/error';
import { classifyError, classifyHttp, classifyStreamError } from '../../../src/call/classifyError.js';

const headers = new Headers();
const secret = 'sk-secret and the prompt';
/** The error that openai throws for an answer of this status. */
const answered = (status: number, body: object = {}) =>
  OpenAI.APIError.generate(status, { error: { message: secret, ...body } }, secret, headers);

class OurTimeout extends OpenAI.APIConnectionTimeoutError {}

describe('classifyError, with the errors of the openai package', () => {
  test.each<[Error, string, number | undefined, string]>([
    [answered(429), 'rate_limit', 429, 'RateLimitError'],
    [answered(429, { code: 'insufficient_quota' }), 'quota_exceeded', 429, 'RateLimitError'],
    [answered(429, { type: 'insufficient_quota' }), 'quota_exceeded', 429, 'RateLimitError'],
    [answered(429, { code: 'billing_hard_limit_reached' }), 'quota_exceeded', 429, 'RateLimitError'],
    [answered(401, { code: 'invalid_api_key' }), 'authentication', 401, 'AuthenticationError'],
    [answered(403), 'permission', 403, 'PermissionDeniedError'],
    [answered(404, { code: 'model_not_found' }), 'not_found', 404, 'NotFoundError'],
    [answered(400), 'invalid_request', 400, 'BadRequestError'],
    [answered(400, { code: 'context_length_exceeded' }), 'context_length', 400, 'BadRequestError'],
    [answered(400, { code: 'content_filter' }), 'content_filter', 400, 'BadRequestError'],
    [answered(409), 'invalid_request', 409, 'ConflictError'],
    [answered(422), 'invalid_request', 422, 'UnprocessableEntityError'],
    [answered(418), 'invalid_request', 418, 'APIError'],
    [answered(500), 'server_error', 500, 'InternalServerError'],
    [answered(502), 'server_error', 502, 'InternalServerError'],
    [answered(503), 'overloaded', 503, 'InternalServerError'],
    [answered(529), 'overloaded', 529, 'InternalServerError'],
    [answered(504), 'timeout', 504, 'InternalServerError'],
    [answered(408), 'timeout', 408, 'APIError'],
    [new OpenAI.APIUserAbortError(), 'aborted', undefined, 'APIUserAbortError'],
    [new OpenAI.APIConnectionTimeoutError(), 'timeout', undefined, 'APIConnectionTimeoutError'],
    [new OurTimeout(), 'timeout', undefined, 'OurTimeout'],
    [new OpenAI.APIConnectionError({ message: secret }), 'connection', undefined, 'APIConnectionError'],
    [new OpenAI.APIError(undefined, { message: secret }, undefined, headers), 'stream_error', undefined, 'APIError'],
    [
      new OpenAI.APIError(undefined, { code: 'rate_limit_exceeded' }, undefined, headers),
      'rate_limit',
      undefined,
      'APIError',
    ],
    [new ContentFilterFinishReasonError(), 'content_filter', undefined, 'ContentFilterFinishReasonError'],
    [new LengthFinishReasonError(), 'unknown', undefined, 'LengthFinishReasonError'],
  ])('%p is %s', (error, errorType, httpStatus, errorName) => {
    expect(classifyError(error)).toEqual({ errorType, httpStatus, errorName });
  });
});

const withCode = (code: string, cause?: unknown) => Object.assign(new Error(secret, { cause }), { code });

describe('classifyError, with other errors', () => {
  test.each([
    ['an abort of the platform', new DOMException(secret, 'AbortError'), 'aborted'],
    ['a timeout signal', new DOMException(secret, 'TimeoutError'), 'timeout'],
    ['a refused connection', withCode('ECONNREFUSED'), 'connection'],
    ['a name that does not resolve', withCode('ENOTFOUND'), 'connection'],
    ['a certificate that nobody knows', withCode('UNABLE_TO_VERIFY_LEAF_SIGNATURE'), 'connection'],
    ['an answer that is no HTTP', withCode('HPE_INVALID_CONSTANT'), 'connection'],
    ['a socket that times out', withCode('ETIMEDOUT'), 'timeout'],
    ['headers that do not come', withCode('UND_ERR_HEADERS_TIMEOUT'), 'timeout'],
    [
      'a cause two levels down',
      new Error('a', { cause: new Error('b', { cause: withCode('ECONNRESET') }) }),
      'connection',
    ],
    [
      'a failed connection whose cause is a timeout',
      new OpenAI.APIConnectionError({ cause: withCode('UND_ERR_CONNECT_TIMEOUT') }),
      'timeout',
    ],
    ['an error of the API that the application wrapped', new Error('a', { cause: answered(429) }), 'rate_limit'],
    ['an error of the application', new TypeError(secret), 'unknown'],
    ['an error whose name is one of Object', Object.assign(new Error(secret), { name: 'toString' }), 'unknown'],
    ['a status that is none', Object.assign(new Error(secret), { status: 0 }), 'unknown'],
    ['a text', secret, 'unknown'],
    ['nothing', undefined, 'unknown'],
    ['null', null, 'unknown'],
  ])('%s is classified', (_name, error, errorType) => {
    expect(classifyError(error).errorType).toBe(errorType);
  });

  test('keeps nothing of the message', () => {
    expect(JSON.stringify(classifyError(answered(400)))).not.toContain('secret');
  });

  test('does not throw for an error whose fields throw, since the caller must see that error', () => {
    const hostile = new Proxy(new Error('theirs'), {
      get: () => {
        throw new Error('ours');
      },
    });

    expect(classifyError(hostile)).toEqual({ errorType: 'unknown' });
  });

  test('ends for an error that is its own cause', () => {
    const error = new Error('a');
    error.cause = error;

    expect(classifyError(error)).toEqual({ errorType: 'unknown', errorName: 'Error' });
  });
});

test.each([
  [429, undefined, undefined, 'rate_limit'],
  [429, 'insufficient_quota', undefined, 'quota_exceeded'],
  [400, 'an-unknown-code', 'overloaded_error', 'overloaded'],
  [400, 'constructor', undefined, 'invalid_request'],
  [599, undefined, undefined, 'server_error'],
  [302, undefined, undefined, 'unknown'],
])('classifyHttp(%p, %p, %p) is %s', (status, code, type, errorType) => {
  expect(classifyHttp(status, code, type)).toBe(errorType);
});

test.each([
  [undefined, undefined, 'stream_error'],
  ['server_error', undefined, 'server_error'],
  [undefined, 'overloaded_error', 'overloaded'],
])('classifyStreamError(%p, %p) is %s', (code, type, errorType) => {
  expect(classifyStreamError(code, type)).toBe(errorType);
});
