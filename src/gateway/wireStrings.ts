/**
 * Header bytes as Node.js writes them: one character a byte, so that none is changed. The parts are mostly views of one
 * piece of memory in order, which is then made text as a whole: to cut a text takes less than to make one.
 */
export function wireStrings(parts: readonly Buffer[]): string[] {
  const [first] = parts;
  const last = parts.at(-1);
  if (first === undefined || last === undefined) return [];
  const { buffer, byteOffset: start } = first;
  const isBlock = last.buffer === buffer && last.byteOffset >= start;
  const text = isBlock ? Buffer.from(buffer, start, last.byteOffset + last.length - start).toString('latin1') : '';
  const strings: string[] = [];
  for (const part of parts) {
    const from = part.byteOffset - start;
    const to = from + part.length;
    const within = part.buffer === buffer && from >= 0 && to <= text.length;
    strings.push(within ? text.slice(from, to) : part.toString('latin1'));
  }
  return strings;
}
