/** The text with what stands between the marks of a section replaced; undefined when it hasn't both marks in order. */
export function replaceSection(text: string, section: string, content: string): string | undefined {
  const begin = `<!-- generated:${section} -->`;
  const end = `<!-- /generated:${section} -->`;
  const from = text.indexOf(begin);
  const to = text.indexOf(end, from);
  if (from < 0 || to < 0) return undefined;
  const inside = content.trim();
  return `${text.slice(0, from + begin.length)}\n${inside}\n${text.slice(to)}`;
}
