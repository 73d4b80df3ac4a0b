import type { ServerResponse } from 'node:http';
import type { Dispatcher } from 'undici';
import { breakOff } from './breakOff.js';
import { ClientWriter } from './ClientWriter.js';
import { responseHeaders } from './headers.js';
import type { UsageStrip } from './UsageStrip.js';
import { WireHeaders } from './WireHeaders.js';
import { wireStrings } from './wireStrings.js';

/** Follows an answer on its way to the client. */
export interface RelayObserver {
  readonly correlationId: string;
  /** The answer begins. What is returned takes out of the stream what the client did not ask for. */
  begun(status: number, headers: WireHeaders): UsageStrip | undefined;
  /** These bytes came from the upstream, and what the client gets of them was passed on. */
  passed(chunk: Buffer): void;
  /** The answer came whole and was passed on. */
  ended(): void;
  /** No answer came, or it broke off after it had begun; the client was not told yet. */
  broken(error: Error): void;
}

/**
 * Passes an answer on as it comes: same bytes, no faster than the client takes them, and never a clean end to a cut.
 * A handler of undici's older kind, which gets the headers as they are: the newer one parses them for every answer.
 */
export class Relay implements Dispatcher.DispatchHandler {
  readonly #res: ServerResponse;
  readonly #observer: RelayObserver;
  readonly #writer: ClientWriter;
  #gathered: Buffer[] = [];
  #inTurn = false;
  #abort: ((error: Error) => void) | undefined;
  #resume: (() => void) | undefined;
  #paused = false;
  #strip: UsageStrip | undefined;
  #begun = false;
  #lengthIsTold = false;
  #cancelled: Error | undefined;
  #over = false;

  constructor(res: ServerResponse, observer: RelayObserver) {
    this.#res = res;
    this.#observer = observer;
    this.#writer = new ClientWriter(res, () => {
      this.#paused = false;
      this.#resume?.();
    });
  }

  /** True once the whole answer came or it is known that it won't. */
  get over(): boolean {
    return this.#over;
  }

  get begun(): boolean {
    return this.#begun;
  }

  /** Gives up the request at the upstream at once. Nothing is told to the observer after it. */
  cancel(): void {
    if (this.#over) return;
    this.#over = true;
    this.#cancelled = new Error('the call was given up');
    this.#abort?.(this.#cancelled);
  }

  onConnect(abort: (error?: Error) => void): void {
    this.#abort = abort;
    if (this.#cancelled !== undefined) abort(this.#cancelled);
  }

  onHeaders(status: number, raw: Buffer[], resume: () => void, statusMessage?: string): boolean {
    if (status < 200 || this.#over) return true;
    this.#begun = true;
    this.#resume = resume;
    const headers = WireHeaders.ofAnswer(wireStrings(raw));
    this.#strip = this.#observer.begun(status, headers);
    const res = this.#res;
    const passed = responseHeaders(headers, {
      correlationId: this.#observer.correlationId,
      dropLength: this.#strip !== undefined,
      trailers: res.req.httpVersionMinor > 0 && headers.value('transfer-encoding') !== undefined,
    });
    this.#lengthIsTold = this.#strip === undefined && headers.value('content-length') !== undefined;
    res.sendDate = false;
    if (statusMessage === undefined || !/^[\t\x20-\x7e\x80-\xff]*$/.test(statusMessage)) res.writeHead(status, passed);
    else res.writeHead(status, statusMessage, passed);
    this.#endTurn();
    return true;
  }

  onData(chunk: Buffer): boolean {
    if (this.#over) return true;
    this.#gathered.push(chunk);
    this.#endTurn();
    return !this.#paused;
  }

  onComplete(trailers: readonly (Buffer | string)[] | null): void {
    if (this.#over) return;
    this.#over = true;
    this.#passOn((pieces) => this.#writer.end(pieces, pairs(trailers ?? [])), true);
    this.#observer.ended();
  }

  onError(error: Error): void {
    if (this.#over) return;
    this.#over = true;
    if (this.#begun) this.#passOn(this.#write, true);
    this.#observer.broken(error);
    if (this.#begun) this.breakOff(error);
  }

  /** Breaks off an answer that has begun. */
  breakOff(error: unknown): void {
    this.#writer.sendHead();
    breakOff(this.#res, error, this.#lengthIsTold);
  }

  /** What comes in one turn goes on in one piece, at the end of that turn; the head waits for no later one. */
  #endTurn(): void {
    if (this.#inTurn) return;
    this.#inTurn = true;
    process.nextTick(this.#turnEnded);
  }

  readonly #turnEnded = (): void => {
    this.#inTurn = false;
    if (this.#over) return;
    if (this.#gathered.length > 0) this.#passOn(this.#write, false);
    else this.#writer.sendHead();
  };

  /** First to the client, then to the observer, for whom nobody shall wait. */
  #passOn(write: (pieces: readonly Buffer[]) => void, last: boolean): void {
    const gathered = this.#gathered;
    this.#gathered = [];
    const strip = this.#strip;
    if (strip === undefined) {
      write(gathered);
    } else {
      const kept = gathered.flatMap((chunk) => strip.push(chunk));
      write(last ? [...kept, ...strip.end()] : kept);
    }
    for (const chunk of gathered) this.#observer.passed(chunk);
  }

  readonly #write = (pieces: readonly Buffer[]): void => {
    if (pieces.length > 0 && !this.#writer.write(pieces)) this.#paused = true;
  };
}

function pairs(trailers: readonly (Buffer | string)[]): [string, string][] {
  const flat = trailers.map((part) => (typeof part === 'string' ? part : part.toString('latin1')));
  const all: [string, string][] = [];
  for (let i = 0; i + 1 < flat.length; i += 2) all.push([flat[i] ?? '', flat[i + 1] ?? '']);
  return all;
}
