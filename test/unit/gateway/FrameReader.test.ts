import fc from 'fast-check';
import { FrameReader, type FrameSender } from '../../../src/gateway/websocket/FrameReader.js';
import { frame, OPCODES, type FrameOptions } from '../../helpers/frames.js';

/** Reads bytes in these pieces, and tells what was found in them. */
function read(pieces: readonly Buffer[], sender: FrameSender = 'server') {
  const texts: string[] = [];
  const codes: (number | undefined)[] = [];
  let text: Buffer[] = [];
  const reader = new FrameReader(sender, {
    text: (bytes, last) => {
      text.push(Buffer.from(bytes));
      if (!last) return;
      texts.push(Buffer.concat(text).toString());
      text = [];
    },
    closed: (code) => codes.push(code),
  });
  for (const piece of pieces) reader.push(piece);
  return { texts, codes, readable: reader.readable, betweenFrames: reader.betweenFrames };
}

/** Cuts bytes after each of these fractions of them. */
function cut(bytes: Buffer, at: readonly number[]): Buffer[] {
  const ends = [...at.map((fraction) => Math.floor(fraction * bytes.length)), bytes.length].sort((a, b) => a - b);
  return ends.map((end, i) => bytes.subarray(ends[i - 1] ?? 0, end));
}

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc.constantFrom('', 'x'.repeat(125), 'x'.repeat(126), 'x'.repeat(65_535), 'x'.repeat(65_536)),
);
/** A text message in one frame or several, with pings and binary messages around. */
const message = fc.record({
  text,
  splits: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 3 }),
  ping: fc.boolean(),
  binary: fc.boolean(),
});

test('the same messages are read of the same bytes, however they are cut into frames and chunks', () => {
  const cuts = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 20 });
  fc.assert(
    fc.property(fc.array(message, { maxLength: 6 }), cuts, fc.integer({ min: 1000, max: 4999 }), (all, at, code) => {
      const bytes = Buffer.concat([
        ...all.flatMap(({ text, splits, ping, binary }) => [
          ...(binary ? [frame(OPCODES.binary, Buffer.from([1, 2, 3]))] : []),
          ...cut(Buffer.from(text), splits).flatMap((payload, i, parts) => [
            frame(i === 0 ? OPCODES.text : OPCODES.continuation, payload, { final: i === parts.length - 1 }),
            ...(ping ? [frame(OPCODES.ping, Buffer.from('ping'))] : []),
          ]),
        ]),
        frame(OPCODES.close, Buffer.from([code >> 8, code & 0xff, 0x62, 0x79, 0x65])),
      ]);

      expect(read(cut(bytes, at))).toEqual({
        texts: all.map((each) => each.text),
        codes: [code],
        readable: true,
        betweenFrames: true,
      });
    }),
    { numRuns: 150 },
  );
});

test('of a client’s frames only the closing one is told', () => {
  const bytes = Buffer.concat([
    frame(OPCODES.text, Buffer.from('hello'), { masked: true }),
    frame(OPCODES.binary, Buffer.alloc(70_000), { masked: true }),
    frame(OPCODES.close, Buffer.from([3, 232]), { masked: true }),
  ]);

  expect(read(cut(bytes, [0.0001, 0.5]), 'client')).toEqual({
    texts: [],
    codes: [undefined],
    readable: true,
    betweenFrames: true,
  });
});

const BROKEN: readonly (readonly [string, number, number, FrameOptions])[] = [
  ['a reserved bit, as compression sets it', OPCODES.text, 1, { reserved: 4 }],
  ['a mask on what a server sends', OPCODES.text, 1, { masked: true }],
  ['an opcode that is none', 3, 1, {}],
  ['a control frame in parts', OPCODES.ping, 1, { final: false }],
  ['a control frame that is too long', OPCODES.close, 126, {}],
  ['a continuation of nothing', OPCODES.continuation, 1, {}],
];

test.each(BROKEN)('nothing more is read after %s', (_what, opcode, length, options) => {
  const bytes = [frame(opcode, Buffer.alloc(length), options), frame(OPCODES.text, Buffer.from('late'))];

  expect(read(bytes)).toEqual({ texts: [], codes: [], readable: false, betweenFrames: false });
});

test('nothing more is read after a frame that is longer than a number can tell, or a message within a message', () => {
  const endless = Buffer.from([0x81, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]);
  const nested = [frame(OPCODES.text, Buffer.from('a'), { final: false }), frame(OPCODES.text, Buffer.from('b'))];

  expect(read([endless]).readable).toBe(false);
  expect(read(nested)).toMatchObject({ texts: [], readable: false });
});

test('random bytes are read without a throw', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 40 })), fc.constantFrom('client', 'server'), (chunks, sender) => {
      expect(() =>
        read(
          chunks.map((chunk) => Buffer.from(chunk)),
          sender,
        ),
      ).not.toThrow();
    }),
  );
});
