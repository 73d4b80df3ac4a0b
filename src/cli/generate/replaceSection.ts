/** The text with what stands between the marks of a section replaced; undefined when it hasn't both marks in order. */
export function replaceSection(text: string, section: string, content: string): string | undefined {
  const place = placeOf(text, section);
  return place && `${text.slice(0, place.from)}\n${content.trim()}\n${text.slice(place.to)}`;
}

/** What stands between the marks of a section; undefined when the text hasn't both marks in order. */
export function sectionIn(text: string, section: string): string | undefined {
  const place = placeOf(text, section);
  return place && text.slice(place.from, place.to);
}

function placeOf(text: string, section: string): { readonly from: number; readonly to: number } | undefined {
  const begin = `<!-- generated:${section} -->`;
  const from = text.indexOf(begin);
  const to = text.indexOf(`<!-- /generated:${section} -->`, from);
  return from < 0 || to < 0 ? undefined : { from: from + begin.length, to };
}
