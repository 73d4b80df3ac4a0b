/** Members whose strings differ from one delta of a stream to the next, as they stand in it. */
const VARYING = ['"content":"', '"obfuscation":"'] as const;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
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
    /** A character a byte: a buffer of its own costs the garbage collector more. */
    private readonly text: string,
    /** From where to where the bytes are the same in every such event. */
    private readonly segments: readonly (readonly [from: number, to: number])[],
  ) {}

  /**
   * The pattern of an event that is known to be good JSON; undefined when it has none of the varying members.
   * @param data the event's data, to see at once that it has none
   */
  static of(raw: Uint8Array, data: string): DeltaPattern | undefined {
    if (raw.length > LONGEST || !VARYING.some((member) => data.includes(member))) return undefined;
    const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.length);
    const text = bytes.toString('latin1');
    const segments: [number, number][] = [];
    let from = 0;
    for (const member of VARYING) {
      const start = text.indexOf(member, from);
      if (start === -1) continue;
      const content = start + member.length;
      const end = textEnd(raw, content);
      if (end === -1) return undefined;
      segments.push([from, content]);
      from = end;
    }
    return segments.length === 0 ? undefined : new DeltaPattern(text, [...segments, [from, raw.length]]);
  }

  /** Whether the event is one of these. */
  matches(event: Uint8Array): boolean {
    let at = 0;
    for (const [from, to] of this.segments) {
      if (from > 0) at = textEnd(event, at);
      if (at === -1 || at + to - from > event.length) return false;
      for (let same = from; same < to; same += 1, at += 1) {
        if (event[at] !== this.text.charCodeAt(same)) return false;
      }
    }
    return at === event.length;
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
