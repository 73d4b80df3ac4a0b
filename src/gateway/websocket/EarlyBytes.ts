import type { Socket } from 'node:net';

/** More than this is not taken from a client before its WebSocket is open. */
const MAX_BYTES = 64 * 1024;

/** Holds what a client sends before its WebSocket is open, and notices when it leaves by then. */
export class EarlyBytes {
  readonly #chunks: Buffer[] = [];
  #length = 0;

  constructor(
    private readonly client: Socket,
    head: Buffer,
    private readonly onGone: () => void,
  ) {
    if (head.length > 0) this.#add(head);
    client.on('data', this.#add).on('end', onGone).on('close', onGone);
  }

  /** Hands over what came, and listens no longer. */
  take(): readonly Buffer[] {
    this.client.off('data', this.#add).off('end', this.onGone).off('close', this.onGone);
    return this.#chunks;
  }

  readonly #add = (chunk: Buffer): void => {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    if (this.#length > MAX_BYTES) this.client.pause();
  };
}
