import type { CallResult } from '../call/call.js';
import { classifyHttp } from '../call/classifyError.js';
import type { Outcome } from '../call/status.js';
import type { AnswerBody, AnswerReading } from '../openai/AnswerReader.js';
import { EstimateBasis } from '../openai/estimate/EstimateBasis.js';
import { JsonBody } from '../openai/JsonBody.js';
import { readErrorBody } from '../openai/readErrorBody.js';
import type { AnswerMeter, MeteredCall } from './meter.js';
import type { WireHeaders } from './WireHeaders.js';

/** Measures an answer that counts as a whole, or not at all when it tells nothing. */
export class BodyMeter implements AnswerMeter {
  readonly finished = false;
  readonly failure = undefined;
  readonly malformed = false;
  readonly #metered: MeteredCall;
  readonly #body: AnswerBody | undefined;

  constructor(metered: MeteredCall, status: number, headers: WireHeaders) {
    this.#metered = metered;
    const isJson = /\bjson\b/i.test(headers.value('content-type') ?? '');
    this.#body = status < 400 ? metered.reader.body(isJson, metered.call) : errorBody(status, isJson);
  }

  push(chunk: Buffer): void {
    this.#body?.push(chunk);
  }

  end(done: (outcome: Outcome) => void, unread = false): void {
    const { call } = this.#metered;
    const { result, failure, missing } = this.#reading();
    if (failure !== undefined) call.fail(failure, result);
    else call.complete(result, unread ? 'unreadable' : missing);
    done(failure === undefined ? 'success' : 'error');
  }

  /** Nothing, until the answer is whole. */
  result(): CallResult {
    return {};
  }

  #reading(): AnswerReading {
    const { call, operation, request } = this.#metered;
    const read = this.#body?.end();
    if (read === undefined || read.missing !== undefined) return read ?? { result: {} };
    const basis = EstimateBasis.of(call, operation, read.answer === undefined ? undefined : request);
    return basis === undefined ? read : { ...read, result: basis.whole(read.result, read.answer) };
  }
}

function errorBody(status: number, isJson: boolean): AnswerBody {
  const json = new JsonBody();
  return {
    push: (chunk) => {
      if (isJson) json.push(chunk);
    },
    end: () => {
      const { code, type } = readErrorBody(json.end());
      return { result: {}, failure: { errorType: classifyHttp(status, code, type), httpStatus: status } };
    },
  };
}
