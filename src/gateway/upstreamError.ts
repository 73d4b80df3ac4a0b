import type { ErrorType } from '../call/errorType.js';
import { classifyError } from '../call/classifyError.js';
import { asRecord, asString } from '../call/guards.js';
import type { GatewayError } from './errors.js';
import type { Upstream } from './Upstream.js';

/** Why no answer, or no whole one, came: by error code, never by message. */
export function upstreamErrorType(error: Error, streamBegun: boolean): ErrorType {
  const { errorType } = classifyError(error);
  if (errorType === 'timeout') return 'timeout';
  if (isRefusedRequest(error)) return 'invalid_request';
  return streamBegun ? 'stream_interrupted' : 'connection';
}

/** What the client is told when no answer came. */
export function upstreamError(error: Error, upstream: Upstream): GatewayError {
  const where = `the upstream "${upstream.name}" at ${upstream.origin}`;
  if (isRefusedRequest(error)) {
    return {
      status: 400,
      type: 'invalid_request_error',
      code: 'invalid_request',
      message: 'A header or the path of this request holds characters that can not be passed on; leave them out.',
    };
  }
  if (upstreamErrorType(error, false) === 'timeout') {
    return {
      status: 504,
      type: 'server_error',
      code: 'upstream_timeout',
      message: `No answer came in time from ${where}; try again or raise gateway.timeout in promptmeter.yaml.`,
    };
  }
  return {
    status: 502,
    type: 'server_error',
    code: 'upstream_unreachable',
    message:
      `No answer came from ${where} (${codeOf(error)}); check that it runs and that ` +
      'OPENAI_BASE_URL or gateway.upstreams in promptmeter.yaml names it rightly.',
  };
}

export function codeOf(error: unknown): string {
  return asString(asRecord(error)?.['code']) ?? 'no code';
}

/** undici would not send the request at all. */
function isRefusedRequest(error: Error): boolean {
  const code = codeOf(error);
  return code === 'UND_ERR_INVALID_ARG' || code === 'UND_ERR_NOT_SUPPORTED';
}
