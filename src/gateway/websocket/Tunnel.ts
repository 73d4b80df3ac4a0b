import type { Socket } from 'node:net';
import { FrameReader, type FrameSink } from './FrameReader.js';

/**
 * How a session ended, by what came first: a Close frame of one side, one side that went away without, or nothing from
 * either for too long.
 */
export type TunnelEnd = 'client_closed' | 'upstream_closed' | 'client_gone' | 'upstream_gone' | 'idle';

export interface TunnelOptions {
  /** Milliseconds without a byte in either direction after which both sides are closed. */
  readonly idleMs: number;
  /** Bytes of a text message of the upstream; `last` with those that end it. */
  text(bytes: Buffer, last: boolean): void;
  /** So many bytes came from the upstream. */
  passed(bytes: number): void;
  /** Told once, when it is known how the session ends, with the upstream's code for closing; bytes may still follow. */
  ended(by: TunnelEnd, code: number | undefined): void;
}

/** Longest silence, in milliseconds, once a side has closed. */
const CLOSING_MS = 10_000;

/** 1001: going away. Frames of a server are not masked. */
const GOING_AWAY = Buffer.from([0x88, 0x02, 0x03, 0xe9]);

/**
 * Passes bytes on between two sockets as they come, no faster than each side takes them, and knows by their frames how
 * the session ends. A side that goes away without a Close frame leaves the other one without, too.
 */
export class Tunnel {
  readonly #fromClient: FrameReader;
  readonly #fromUpstream: FrameReader;
  #ended = false;
  #upstreamClosed = false;

  constructor(
    private readonly client: Socket,
    private readonly upstream: Socket,
    private readonly options: TunnelOptions,
  ) {
    const sink = (closed: FrameSink['closed']): FrameSink => ({
      text: (bytes, last) => options.text(bytes, last),
      closed,
    });
    this.#fromClient = new FrameReader(
      'client',
      sink(() => this.#end('client_closed')),
    );
    this.#fromUpstream = new FrameReader(
      'server',
      sink((code) => {
        this.#upstreamClosed = true;
        this.#end('upstream_closed', code);
      }),
    );
    for (const socket of [client, upstream]) {
      socket.setNoDelay(true);
      socket.setTimeout(options.idleMs, () => this.#idle());
      socket.on('error', () => undefined);
    }
  }

  /** Whether all of the upstream's frames could be read. */
  get readable(): boolean {
    return this.#fromUpstream.readable;
  }

  /** Begins to pass bytes on, those first that came already. */
  start(fromClient: readonly Buffer[], fromUpstream: Buffer): void {
    const { client, upstream } = this;
    client.on('data', (chunk: Buffer) => this.#fromClient.push(chunk));
    upstream.on('data', (chunk: Buffer) => this.#received(chunk));
    client.on('end', () => this.#gone('client_gone', upstream)).on('close', () => this.#gone('client_gone', upstream));
    upstream
      .on('end', () => this.#gone('upstream_gone', client))
      .on('close', () => this.#gone('upstream_gone', client));
    for (const early of fromClient) {
      this.#fromClient.push(early);
      upstream.write(early);
    }
    if (fromUpstream.length > 0) {
      client.write(fromUpstream);
      this.#received(fromUpstream);
    }
    client.pipe(upstream, { end: false });
    upstream.pipe(client, { end: false });
  }

  /** Ends both sides, the client's with a Close frame where one can be sent. */
  close(): void {
    this.upstream.destroy();
    if (this.#fromUpstream.betweenFrames && !this.#upstreamClosed && this.client.writable)
      this.client.write(GOING_AWAY);
    this.client.destroySoon();
  }

  #received(chunk: Buffer): void {
    this.options.passed(chunk.length);
    this.#fromUpstream.push(chunk);
  }

  #gone(by: 'client_gone' | 'upstream_gone', other: Socket): void {
    this.#end(by);
    // What was passed on is sent before.
    other.destroySoon();
  }

  #idle(): void {
    this.#end('idle');
    this.close();
  }

  #end(by: TunnelEnd, code?: number): void {
    if (this.#ended) return;
    this.#ended = true;
    for (const socket of [this.client, this.upstream]) {
      if (by !== 'idle') socket.setTimeout(Math.min(CLOSING_MS, this.options.idleMs));
    }
    this.options.ended(by, code);
  }
}
