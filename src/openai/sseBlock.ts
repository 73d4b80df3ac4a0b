/** The fields of one event that matter here. */
export interface SseBlock {
  readonly data: string;
  readonly event?: string;
}

const LINE_END = /\r\n|\n|\r/;
const BYTE_ORDER_MARK = '\uFEFF';

/**
 * Reads one event's lines as the standard says (https://html.spec.whatwg.org/multipage/server-sent-events.html).
 * Bytes that are not UTF-8 become replacement characters. A byte order mark counts only at the start of the stream.
 */
export function parseSseBlock(raw: Uint8Array, atStartOfStream: boolean): SseBlock {
  const decoded = new TextDecoder('utf-8', { ignoreBOM: true }).decode(raw);
  const text = atStartOfStream && decoded.startsWith(BYTE_ORDER_MARK) ? decoded.slice(1) : decoded;
  const data: string[] = [];
  let event: string | undefined;
  for (const line of text.split(LINE_END)) {
    const colon = line.indexOf(':');
    if (colon === 0) continue;
    const field = colon === -1 ? line : line.slice(0, colon);
    if (field === 'data') data.push(valueOf(line, colon));
    else if (field === 'event') event = valueOf(line, colon);
  }
  return { data: data.join('\n'), ...(event === undefined || event === '' ? {} : { event }) };
}

function valueOf(line: string, colon: number): string {
  if (colon === -1) return '';
  return line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1);
}
