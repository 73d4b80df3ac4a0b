import { LF, QUOTE, BACKSLASH } from './ascii.js';

/** Members whose strings differ from one delta of a stream to the next, as they stand in it. */
const VARYING = ['"content":"', '"obfuscation":"'] as const;

const FIRST_PRINTABLE = 0x20;
/** What may follow a backslash in JSON, but for `u`. */
const ESCAPED: ReadonlySet<number> = new Set(Buffer.from('"\\/bfnrt'));
/** Deltas are short; a longer event is read in full at no great cost. */
const LONGEST = 4096;

/**
 * The bytes of one event of a stream without the text in it. The next delta has the same bytes around another text, and
 * is then known, without being parsed, to be JSON that tells nothing but that text.
 */
export class DeltaPattern {
  private constructor(
    private readonly bytes: Buffer,
    /** From where to where the bytes are the same in every such event. */
    private readonly segments: readonly (readonly [from: number, to: number])[],
  ) {}

  /**
   * The pattern of an event that is known to be good JSON; undefined when it has none of the varying members.
   * @param data the event's data, to see at once that it has none
   */
  static of(raw: Uint8Array, data: string): DeltaPattern | undefined {
    // After another byte than LF it isn't certain yet that the event is over.
    if (raw.length > LONGEST || raw.at(-1) !== LF || !VARYING.some((member) => data.includes(member))) return undefined;
    // Copied, since a view would keep the whole chunk in memory; and not into Buffer's pool, which costs more.
    const bytes = Buffer.from(new Uint8Array(raw).buffer);
    const segments: [number, number][] = [];
    let from = 0;
    for (const member of VARYING) {
      const start = bytes.indexOf(member, from, 'latin1');
      if (start === -1) continue;
      const text = start + member.length;
      const end = textEnd(bytes, text);
      if (end === -1) return undefined;
      segments.push([from, text]);
      from = end;
    }
    return segments.length === 0 ? undefined : new DeltaPattern(bytes, [...segments, [from, bytes.length]]);
  }

  /** Whether the event is one of these. */
  matches(event: Uint8Array): boolean {
    return this.endOf(event, 0) === event.length;
  }

  /** Index behind the event of these that begins at `start`; -1 when none does. */
  endOf(bytes: Uint8Array, start: number): number {
    let at = start;
    for (const [from, to] of this.segments) {
      if (from > 0) at = textEnd(bytes, at);
      const end = at + to - from;
      if (at === -1 || end > bytes.length || this.bytes.compare(bytes, at, end, from, to) !== 0) return -1;
      at = end;
    }
    return at;
  }
}

/** Index of the quote that ends the string whose text begins at `from`; -1 where that text is none of good JSON. */
function textEnd(bytes: Uint8Array, from: number): number {
  for (let at = from; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte === QUOTE) return at;
    if (byte < FIRST_PRINTABLE) return -1;
    if (byte === BACKSLASH) {
      at += 1;
      if (!ESCAPED.has(bytes[at] ?? 0)) return -1;
    }
  }
  return -1;
}
