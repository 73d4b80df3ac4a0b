export const OPCODES = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

export interface FrameOptions {
  /** Whether the message ends with this frame. Default true. */
  readonly final?: boolean;
  /** Whether it is a client's frame. Default false. */
  readonly masked?: boolean;
  /** The three reserved bits. Default 0. */
  readonly reserved?: number;
}

/** The bytes of one WebSocket frame (RFC 6455, 5.2). */
export function frame(opcode: number, payload: Uint8Array, options: FrameOptions = {}): Buffer {
  const { final = true, masked = false, reserved = 0 } = options;
  const { length } = payload;
  const short = length < 126 ? length : length < 65_536 ? 126 : 127;
  const head = Buffer.alloc(short < 126 ? 2 : short === 126 ? 4 : 10);
  head[0] = (final ? 0x80 : 0) | (reserved << 4) | opcode;
  head[1] = (masked ? 0x80 : 0) | short;
  if (short === 126) head.writeUInt16BE(length, 2);
  if (short === 127) head.writeBigUInt64BE(BigInt(length), 2);
  const mask = Buffer.from([0x12, 0x34, 0x56, 0x78]);
  const body = masked ? payload.map((byte, i) => byte ^ (mask[i % 4] ?? 0)) : payload;
  return Buffer.concat(masked ? [head, mask, body] : [head, body]);
}
