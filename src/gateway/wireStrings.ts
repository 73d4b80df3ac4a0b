/**
 * Header bytes as Node.js writes them: one character a byte, so that none is changed. They are made text as a whole: to cut
 * a text takes less than to make one.
 */
export function wireStrings(parts: readonly Buffer[]): string[] {
  const text = Buffer.concat(parts).toString('latin1');
  let end = 0;
  return parts.map(({ length }) => text.slice(end, (end += length)));
}
