/** The fields of one event that matter here. */
export interface SseBlock {
  readonly data: string;
  readonly event?: string;
}

const LINE_END = /\r\n|\n|\r/;
const BYTE_ORDER_MARK = '\uFEFF';
const UTF8 = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * Reads one event's lines as the standard says (https://html.spec.whatwg.org/multipage/server-sent-events.html).
 * Bytes that are not UTF-8 become replacement characters. A byte order mark counts only at the start of the stream.
 */
export function parseSseBlock(raw: Uint8Array, atStartOfStream: boolean): SseBlock {
  const decoded = UTF8.decode(raw);
  if (isOneDataLine(decoded)) return { data: decoded.slice('data: '.length, -2) };
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

/** What nearly every event is, found without taking it apart. */
function isOneDataLine(text: string): boolean {
  return (
    text.startsWith('data: ') && text.endsWith('\n\n') && text.indexOf('\n') === text.length - 2 && !text.includes('\r')
  );
}

function valueOf(line: string, colon: number): string {
  if (colon === -1) return '';
  return line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1);
}
