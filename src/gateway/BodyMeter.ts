import type { IncomingHttpHeaders } from 'node:http';
import type { CallResult } from '../call/call.js';
import { classifyHttp } from '../call/classifyError.js';
import type { Outcome } from '../call/status.js';
import type { AnswerReading } from '../openai/AnswerReader.js';
import { EstimateBasis } from '../openai/estimate/EstimateBasis.js';
import { parseJson } from '../openai/parseJson.js';
import { readErrorBody } from '../openai/readErrorBody.js';
import type { AnswerMeter, MeteredCall } from './meter.js';

/** Of a larger answer the usage stays unknown, rather than memory being held for it. */
const MAX_ANSWER_BYTES = 8 * 1024 * 1024;
const MAX_ERROR_BYTES = 64 * 1024;

/** Measures an answer that is read as a whole, or not at all when it tells nothing. */
export class BodyMeter implements AnswerMeter {
  readonly finished = false;
  readonly failure = undefined;
  readonly malformed = false;
  readonly #metered: MeteredCall;
  readonly #status: number;
  readonly #room: number;
  #chunks: Buffer[] = [];
  #length = 0;

  constructor(metered: MeteredCall, status: number, headers: IncomingHttpHeaders) {
    this.#metered = metered;
    this.#status = status;
    const tells = status >= 400 || metered.reader.tells;
    const isJson = /\bjson\b/i.test(headers['content-type'] ?? '');
    this.#room = tells && isJson ? (status >= 400 ? MAX_ERROR_BYTES : MAX_ANSWER_BYTES) : 0;
  }

  push(chunk: Buffer): void {
    this.#length += chunk.length;
    if (this.#length <= this.#room) this.#chunks.push(chunk);
    else if (this.#chunks.length > 0) this.#chunks = [];
  }

  end(done: (outcome: Outcome) => void): void {
    const { call } = this.#metered;
    const { result, failure, missing } = this.#reading(this.#read());
    if (failure !== undefined) call.fail(failure, result);
    else call.complete(result, missing);
    done(failure === undefined ? 'success' : 'error');
  }

  /** Nothing, until the answer is whole. */
  result(): CallResult {
    return {};
  }

  #reading(answer: unknown): AnswerReading {
    const { call, reader, operation, request } = this.#metered;
    if (this.#status < 400) {
      const reading = reader.whole(answer, call.countedFor);
      const basis = EstimateBasis.of(call, operation, answer === undefined ? undefined : request);
      if (basis === undefined || reading.missing !== undefined) return reading;
      return { ...reading, result: basis.whole(reading.result, answer) };
    }
    const { code, type } = readErrorBody(answer);
    return { result: {}, failure: { errorType: classifyHttp(this.#status, code, type), httpStatus: this.#status } };
  }

  #read(): unknown {
    if (this.#length === 0 || this.#length > this.#room) return undefined;
    const [first] = this.#chunks;
    const bytes = this.#chunks.length === 1 && first !== undefined ? first : Buffer.concat(this.#chunks);
    this.#chunks = [];
    return parseJson(bytes.toString('utf8'));
  }
}
