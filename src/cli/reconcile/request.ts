import { classifyError } from '../../call/classifyError.js';
import { asRecord, asString } from '../../call/guards.js';
import { messageOf, MissingServiceError } from '../../errors.js';
import { parseJson } from '../../openai/parseJson.js';

export interface Asked {
  readonly url: string;
  readonly init?: RequestInit;
  readonly timeoutSeconds: number;
  /** What is asked, as the sentences about its failures call it. */
  readonly what: string;
  /** What to do when it doesn't answer. */
  readonly hint: string;
}

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  /** Undefined when the body is not JSON. */
  readonly body: unknown;
}

/**
 * Asks once and reads the whole answer, whatever its status.
 * @throws MissingServiceError when there is none within the time.
 */
export async function request({ url, init, timeoutSeconds, what, hint }: Asked): Promise<Answered> {
  try {
    const signal = AbortSignal.timeout(timeoutSeconds * 1000);
    const response = await fetch(url, { ...init, signal });
    return { status: response.status, headers: response.headers, body: parseJson(await response.text()) };
  } catch (error) {
    const timedOut = classifyError(error).errorType === 'timeout';
    const problem = timedOut ? `gave no answer within ${timeoutSeconds} s` : `can't be reached (${causeOf(error)})`;
    throw new MissingServiceError(`${what} ${problem}; ${hint}`, { cause: error });
  }
}

/** fetch says no more than "fetch failed"; why stands beneath. */
function causeOf(error: unknown): string {
  const cause = asRecord(asRecord(error)?.['cause']);
  return asString(cause?.['code']) ?? asString(cause?.['message']) ?? messageOf(error);
}
