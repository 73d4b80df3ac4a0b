/** As Go's urlquery does, which leaves fewer characters as they are than encodeURIComponent. */
export function urlquery(text: string): string {
  return encodeURIComponent(text)
    .replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+');
}
