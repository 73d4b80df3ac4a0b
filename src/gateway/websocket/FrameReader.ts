/** Takes what the frames of one direction carry. */
export interface FrameSink {
  /** Bytes of a text message; `last` with those that end it, of which there may be none. */
  text(bytes: Buffer, last: boolean): void;
  /** A Close frame came. Undefined when it tells no code. */
  closed(code: number | undefined): void;
}

/** Who sends the frames: a client masks them, a server does not. */
export type FrameSender = 'client' | 'server';

const CONTINUATION = 0;
const TEXT = 1;
const BINARY = 2;
const CLOSE = 8;
const CONTROL = new Set([CLOSE, 9, 10]);
const LONGEST_CONTROL = 125;
const MASK_BYTES = 4;

/**
 * Reads the frames of one direction of a WebSocket (RFC 6455, without extensions) from bytes cut anywhere. Holds a
 * frame's header and a Close frame's code, whatever comes; payloads are handed on as views of the chunks. A client's
 * messages are not unmasked, so only its Close frames are told. What breaks the protocol ends the reading, not the
 * connection: `readable` tells so.
 */
export class FrameReader {
  readonly #masked: boolean;
  readonly #head = Buffer.alloc(2 + 8 + MASK_BYTES);
  #headLength = 0;
  #opcode = CONTINUATION;
  #final = false;
  /** Bytes of the payload that are still to come; -1 between frames. */
  #left = -1;
  /** The message that goes on over several frames; undefined between messages. */
  #message: typeof TEXT | typeof BINARY | undefined;
  #code: number[] = [];
  #readable = true;

  constructor(
    sender: FrameSender,
    private readonly sink: FrameSink,
  ) {
    this.#masked = sender === 'client';
  }

  /** False once something came that is not understood: nothing is told from then on. */
  get readable(): boolean {
    return this.#readable;
  }

  /** True where the last byte ended a frame, so that another frame could be sent here. */
  get betweenFrames(): boolean {
    return this.#readable && this.#left === -1 && this.#headLength === 0;
  }

  push(chunk: Buffer): void {
    let at = 0;
    while (this.#readable && at < chunk.length) {
      if (this.#left === -1) {
        this.#head[this.#headLength] = chunk[at] ?? 0;
        this.#headLength += 1;
        at += 1;
        this.#begin();
      } else {
        const end = Math.min(chunk.length, at + this.#left);
        this.#left -= end - at;
        this.#payload(chunk.subarray(at, end));
        at = end;
        if (this.#left === 0) this.#end();
      }
    }
  }

  /** Begins the frame, once its header is whole. */
  #begin(): void {
    if (this.#headLength < 2) return;
    const [first = 0, second = 0] = this.#head;
    const short = second & 0x7f;
    const lengthBytes = short === 126 ? 2 : short === 127 ? 8 : 0;
    if (this.#headLength < 2 + lengthBytes + (this.#masked ? MASK_BYTES : 0)) return;
    const length = lengthBytes === 0 ? short : this.#extendedLength(lengthBytes);
    this.#opcode = first & 0x0f;
    this.#final = (first & 0x80) !== 0;
    const reserved = (first & 0x70) !== 0;
    const masked = (second & 0x80) !== 0;
    if (reserved || masked !== this.#masked || !this.#mayCome(length)) {
      this.#readable = false;
      return;
    }
    if (this.#opcode === TEXT || this.#opcode === BINARY) this.#message = this.#opcode;
    this.#left = length;
    this.#code = [];
    if (length === 0) {
      this.#payload(Buffer.alloc(0));
      this.#end();
    }
  }

  #extendedLength(bytes: number): number {
    return bytes === 2 ? this.#head.readUInt16BE(2) : Number(this.#head.readBigUInt64BE(2));
  }

  #mayCome(length: number): boolean {
    if (CONTROL.has(this.#opcode)) return this.#final && length <= LONGEST_CONTROL;
    if (!Number.isSafeInteger(length)) return false;
    if (this.#opcode === CONTINUATION) return this.#message !== undefined;
    return (this.#opcode === TEXT || this.#opcode === BINARY) && this.#message === undefined;
  }

  #payload(bytes: Buffer): void {
    if (this.#opcode === CLOSE) {
      this.#code.push(...bytes.subarray(0, 2 - this.#code.length));
    } else if (!CONTROL.has(this.#opcode) && this.#message === TEXT && !this.#masked) {
      this.sink.text(bytes, this.#final && this.#left === 0);
    }
  }

  #end(): void {
    this.#left = -1;
    this.#headLength = 0;
    if (this.#opcode === CLOSE) this.sink.closed(this.#closeCode());
    else if (!CONTROL.has(this.#opcode) && this.#final) this.#message = undefined;
  }

  #closeCode(): number | undefined {
    const [high, low] = this.#code;
    if (high === undefined || low === undefined) return undefined;
    return this.#masked ? undefined : high * 256 + low;
  }
}
