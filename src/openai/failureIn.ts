import type { CallFailure } from '../call/call.js';
import { classifyStreamError } from '../call/classifyError.js';
import { asRecord } from '../call/guards.js';
import { readErrorBody } from './readErrorBody.js';

/** Why a whole answer, though its status is good, says that the call failed; undefined when it does not. */
export function failureIn(answer: unknown): CallFailure | undefined {
  const fields = asRecord(answer);
  const isFailedResponse = fields?.['object'] === 'response' && fields['status'] === 'failed';
  const isErrorOnly = fields !== undefined && fields['object'] === undefined && asRecord(fields['error']) !== undefined;
  if (!isFailedResponse && !isErrorOnly) return undefined;
  const { code, type } = readErrorBody(answer);
  const errorType = classifyStreamError(code, type);
  return { errorType: errorType === 'stream_error' ? 'server_error' : errorType };
}
