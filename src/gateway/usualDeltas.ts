import { LF, CR, QUOTE, BACKSLASH, CLOSE } from '../openai/ascii.js';

const START = Buffer.from('data: {');
const NULL_USAGE = Buffer.from(',"usage":null');
/** May stand behind it; its text is made of letters, digits, `_` and `-`. */
const OBFUSCATION = Buffer.from(',"obfuscation":"');
const LONGEST_OBFUSCATION = 200;

/**
 * Passes on, without their `"usage":null`, the events at the begin of some bytes that are as OpenAI writes its deltas,
 * which nearly all of a stream are. They are not taken apart: the bytes around show that it is a member of the whole,
 * and no string's text.
 * @param bytes begin with an event
 * @param pieces get what is left of the events
 * @returns where the first event begins that is another, or not whole
 */
export function passUsualDeltas(bytes: Buffer, pieces: Buffer[]): number {
  // Where CR ends lines too, there are more of them than are looked for here.
  if (bytes.includes(CR)) return 0;
  let from = 0;
  for (;;) {
    const lineEnd = bytes.indexOf(LF, from);
    if (lineEnd === -1 || bytes[lineEnd + 1] !== LF || !standsAt(bytes, from, START)) return from;
    const usage = nullUsageAt(bytes, from, lineEnd);
    if (usage === -1) return from;
    const next = lineEnd + 2;
    pieces.push(bytes.subarray(from, usage), bytes.subarray(usage + NULL_USAGE.length, next));
    from = next;
  }
}

/** Where `"usage":null` stands with the comma before it, if it is the last member of the line or next to last; else -1. */
function nullUsageAt(bytes: Buffer, from: number, lineEnd: number): number {
  const close = lineEnd - 1;
  if (bytes[close] !== CLOSE) return -1;
  const end = bytes[close - 1] === QUOTE ? obfuscationAt(bytes, from, close - 1) : close;
  const at = end - NULL_USAGE.length;
  return at > from && standsAt(bytes, at, NULL_USAGE) ? at : -1;
}

/** Where the member begins whose text ends with this quote, if it is the obfuscation; else -1. */
function obfuscationAt(bytes: Buffer, from: number, quote: number): number {
  const least = Math.max(from, quote - LONGEST_OBFUSCATION);
  let at = quote - 1;
  while (at > least && bytes[at] !== QUOTE && bytes[at] !== BACKSLASH) at -= 1;
  const start = at + 1 - OBFUSCATION.length;
  return start > from && standsAt(bytes, start, OBFUSCATION) ? start : -1;
}

/** A loop, since a call out of JavaScript takes longer than to compare so few bytes. */
function standsAt(bytes: Buffer, at: number, text: Buffer): boolean {
  for (let i = 0; i < text.length; i += 1) if (bytes[at + i] !== text[i]) return false;
  return true;
}
