import type { Transform } from 'node:stream';
import type { CallFailure, CallResult } from '../call/call.js';
import type { Outcome } from '../call/status.js';
import type { AnswerMeter } from './meter.js';

/** Compressed bytes that may wait to be decoded; when more do, the rest of the answer is not measured. */
const MAX_WAITING = 1024 * 1024;

/** Decodes a copy of a compressed answer for another meter. What can't be decoded leaves usage unknown. */
export class DecodingMeter implements AnswerMeter {
  readonly #meter: AnswerMeter;
  #decoder: Transform | undefined;

  constructor(meter: AnswerMeter, decoder: Transform | undefined) {
    this.#meter = meter;
    this.#decoder = decoder;
    decoder?.on('data', (chunk: Buffer) => this.#meter.push(chunk));
    decoder?.on('error', () => this.#giveUp());
  }

  get finished(): boolean {
    return this.#meter.finished;
  }

  get failure(): CallFailure | undefined {
    return this.#meter.failure;
  }

  get malformed(): boolean {
    return this.#meter.malformed;
  }

  push(chunk: Buffer): void {
    this.#decoder?.write(chunk);
    if ((this.#decoder?.writableLength ?? 0) > MAX_WAITING) this.#giveUp();
  }

  end(done: (outcome: Outcome) => void): void {
    const decoder = this.#decoder;
    if (decoder === undefined) {
      this.#meter.end(done, true);
      return;
    }
    decoder.once('close', () => this.#meter.end(done, this.#decoder === undefined));
    decoder.end();
  }

  result(): CallResult {
    return this.#meter.result();
  }

  #giveUp(): void {
    this.#decoder?.destroy();
    this.#decoder = undefined;
  }
}
