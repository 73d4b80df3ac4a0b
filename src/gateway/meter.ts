import type { CallFailure, CallResult } from '../call/call.js';
import type { Operation } from '../call/operation.js';
import type { Outcome } from '../call/status.js';
import type { OpenCall } from '../monitor/OpenCall.js';
import type { AnswerReader } from '../openai/AnswerReader.js';
import { BodyMeter } from './BodyMeter.js';
import { createDecoder, isIdentity } from './decode.js';
import { DecodingMeter } from './DecodingMeter.js';
import { StreamMeter } from './StreamMeter.js';
import type { WireHeaders } from './WireHeaders.js';

/** Reads a copy of an answer on its way, and ends the call when the whole of it came. */
export interface AnswerMeter {
  /** True once the answer has told that it is whole, even if more bytes may come. */
  readonly finished: boolean;
  /** Why the answer, though its status is good, says that the call failed. */
  readonly failure: CallFailure | undefined;
  /** True once something came that is not what its type says, on which clients give up. */
  readonly malformed: boolean;
  push(chunk: Buffer): void;
  /**
   * The answer came whole: ends the call, at once or as soon as the copy is decoded, and says how it ended.
   * @param unread whether some of it could not be read, so that what is missing proves nothing
   */
  end(done: (outcome: Outcome) => void, unread?: boolean): void;
  /** What is known by now. */
  result(): CallResult;
}

/** What an answer belongs to. */
export interface MeteredCall {
  readonly call: OpenCall;
  readonly operation: Operation;
  readonly reader: AnswerReader;
  /** How many answers the request asked for. */
  readonly choices: number;
  /** The parsed request, where somebody estimates usage from it. */
  readonly request?: unknown;
}

/** The meter for an answer that begins like this. */
export function meterFor(metered: MeteredCall, status: number, headers: WireHeaders): AnswerMeter {
  const encoding = headers.value('content-encoding');
  const plain =
    status < 400 && isEventStream(headers) ? new StreamMeter(metered) : new BodyMeter(metered, status, headers);
  if (isIdentity(encoding)) return plain;
  return new DecodingMeter(plain, createDecoder(encoding ?? ''));
}

export function isEventStream(headers: WireHeaders): boolean {
  return /^\s*text\/event-stream\b/i.test(headers.value('content-type') ?? '');
}
