/** Members whose strings differ from one delta of a stream to the next, as they stand in it. */
const VARYING = ['"content":"', '"obfuscation":"'].map((text) => Buffer.from(text));

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
  private constructor(private readonly segments: readonly Buffer[]) {}

  /** The pattern of an event that is known to be good JSON; undefined when it has none of the varying members. */
  static of(raw: Uint8Array): DeltaPattern | undefined {
    const bytes = asBuffer(raw);
    if (bytes.length > LONGEST) return undefined;
    const segments: Buffer[] = [];
    let from = 0;
    for (const member of VARYING) {
      const start = bytes.indexOf(member, from);
      if (start === -1) continue;
      const text = start + member.length;
      const end = textEnd(bytes, text);
      if (end === -1) return undefined;
      // Copied, since a view would keep the whole chunk in memory.
      segments.push(Buffer.from(bytes.subarray(from, text)));
      from = end;
    }
    return segments.length === 0 ? undefined : new DeltaPattern([...segments, Buffer.from(bytes.subarray(from))]);
  }

  /** Whether the event is one of these. */
  matches(bytes: Uint8Array): boolean {
    const { segments } = this;
    let at = 0;
    for (let index = 0; index < segments.length; index += 1) {
      if (index > 0) at = textEnd(bytes, at);
      const segment = segments[index];
      if (at === -1 || segment === undefined) return false;
      const end = at + segment.length;
      if (end > bytes.length || segment.compare(bytes, at, end) !== 0) return false;
      at = end;
    }
    return at === bytes.length;
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

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
