import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import type { Dispatcher } from 'undici';
import { breakOff } from './breakOff.js';
import { ClientWriter } from './ClientWriter.js';
import { responseHeaders, wireStrings } from './headers.js';
import type { UsageStrip } from './UsageStrip.js';

/** Follows an answer on its way to the client. */
export interface RelayObserver {
  readonly correlationId: string;
  /** The answer begins. What is returned takes out of the stream what the client did not ask for. */
  begun(status: number, headers: IncomingHttpHeaders): UsageStrip | undefined;
  /** These bytes came from the upstream and were passed on. */
  passed(chunk: Buffer): void;
  /** With a strip, these events came and what the client gets of them was passed on. */
  stripped(events: ReturnType<UsageStrip['push']>['events']): void;
  /** The answer came whole and was passed on. */
  ended(): void;
  /** No answer came, or it broke off after it had begun; the client was not told yet. */
  broken(error: Error): void;
}

/** Passes an answer on as it comes: same bytes, no faster than the client takes them, and never a clean end to a cut. */
export class Relay implements Dispatcher.DispatchHandler {
  readonly #res: ServerResponse;
  readonly #observer: RelayObserver;
  readonly #writer: ClientWriter;
  #gathered: Buffer[] = [];
  #controller: Dispatcher.DispatchController | undefined;
  #strip: UsageStrip | undefined;
  #begun = false;
  #lengthIsTold = false;
  #cancelled: Error | undefined;
  #over = false;

  constructor(res: ServerResponse, observer: RelayObserver) {
    this.#res = res;
    this.#writer = new ClientWriter(res);
    this.#observer = observer;
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
    this.#controller?.abort(this.#cancelled);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#cancelled !== undefined) controller.abort(this.#cancelled);
  }

  onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    headers: IncomingHttpHeaders,
    statusMessage?: string,
  ): void {
    if (status < 200 || this.#over) return;
    this.#begun = true;
    this.#strip = this.#observer.begun(status, headers);
    const res = this.#res;
    const raw = responseHeaders(controller.rawHeaders, {
      correlationId: this.#observer.correlationId,
      dropLength: this.#strip !== undefined,
      trailers: headers['transfer-encoding'] !== undefined && res.req.httpVersionMinor > 0,
    });
    this.#lengthIsTold = headers['content-length'] !== undefined && this.#strip === undefined;
    res.sendDate = false;
    if (statusMessage === undefined || !/^[\t\x20-\x7e\x80-\xff]*$/.test(statusMessage)) res.writeHead(status, raw);
    else res.writeHead(status, statusMessage, raw);
    // Headers wait for the body's first bytes only if those came in the same packet.
    process.nextTick(this.#sendHead);
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#over) return;
    // What comes in one turn goes on in one piece, at the end of that turn.
    if (this.#gathered.push(chunk) === 1) process.nextTick(this.#passOn);
  }

  onResponseEnd(controller: Dispatcher.DispatchController): void {
    if (this.#over) return;
    this.#writer.holdToEnd();
    this.#passOn();
    this.#over = true;
    this.#flushStrip();
    const trailers = controller.rawTrailers == null ? [] : pairs(wireStrings(controller.rawTrailers));
    if (trailers.length > 0 && this.#res.chunkedEncoding) this.#res.addTrailers(trailers);
    this.#res.end();
    this.#observer.ended();
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    if (this.#over) return;
    this.#passOn();
    this.#over = true;
    if (this.#begun) this.#flushStrip();
    this.#observer.broken(error);
    if (this.#begun) this.breakOff(error);
  }

  /** Breaks off an answer that has begun. */
  breakOff(error: unknown): void {
    breakOff(this.#res, error, this.#lengthIsTold);
  }

  readonly #sendHead = (): void => {
    const waits = this.#gathered.length === 0 && !this.#res.writableEnded && !this.#res.destroyed;
    if (waits) this.#writer.sendHead();
  };

  readonly #passOn = (): void => {
    const gathered = this.#gathered;
    const [first] = gathered;
    if (this.#over || first === undefined) return;
    const chunk = gathered.length === 1 ? first : Buffer.concat(gathered);
    this.#gathered = [];
    if (this.#strip === undefined) {
      this.#write(chunk);
      this.#observer.passed(chunk);
    } else {
      const { bytes, events } = this.#strip.push(chunk);
      this.#write(bytes);
      this.#observer.stripped(events);
    }
  };

  #write(bytes: Buffer): void {
    if (bytes.length === 0) return;
    const taken = this.#writer.write(bytes, () => this.#controller?.resume());
    if (!taken) this.#controller?.pause();
  }

  #flushStrip(): void {
    const rest = this.#strip?.end();
    if (rest === undefined) return;
    this.#write(rest.bytes);
    this.#observer.stripped(rest.events);
  }
}

function pairs(flat: readonly string[]): [string, string][] {
  const all: [string, string][] = [];
  for (let i = 0; i + 1 < flat.length; i += 2) all.push([flat[i] ?? '', flat[i + 1] ?? '']);
  return all;
}
