import { LF } from './ascii.js';
import type { CallResult } from '../call/call.js';
import { asRecord, asString } from '../call/guards.js';
import { readResult } from '../call/readResult.js';
import type { PartOptions } from '../monitor/PartSum.js';
import { JsonBody } from './JsonBody.js';

/** What makes an answer's usage worth missing. */
const WITH_USAGE: ReadonlySet<string | undefined> = new Set(['chat.completion', 'text_completion', 'response']);

/** Gets what each answer of a batch told. */
export interface BatchSink {
  add(result: CallResult, options: PartOptions): void;
}

/**
 * Reads the output file of a batch as it comes, an answer a line: `{"custom_id": ..., "response": {"body": {...}}}`. Holds
 * no more than one line, of a long one its outer parts. Lines that are something else tell nothing. Never throws.
 */
export class BatchOutput {
  #line = new JsonBody();
  #answers = 0;

  constructor(private readonly sink: BatchSink) {}

  /** Lines so far that were answers. */
  get answers(): number {
    return this.#answers;
  }

  push(chunk: Uint8Array): void {
    let from = 0;
    for (let end = chunk.indexOf(LF); end !== -1; end = chunk.indexOf(LF, from)) {
      this.#line.push(chunk.subarray(from, end));
      this.#endLine();
      from = end + 1;
    }
    this.#line.push(chunk.subarray(from));
  }

  end(): void {
    this.#endLine();
  }

  #endLine(): void {
    const line = this.#line;
    if (line.length === 0) return;
    this.#line = new JsonBody();
    const body = asRecord(asRecord(asRecord(line.end())?.['response'])?.['body']);
    if (body === undefined) return;
    this.#answers += 1;
    const result = readResult(body);
    const untold = result.usage === undefined && WITH_USAGE.has(asString(body['object']));
    this.sink.add({ ...result, serviceTier: 'batch' }, { missing: untold ? 'not_sent' : undefined });
  }
}
