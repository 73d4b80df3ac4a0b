/** A word of many characters takes time that grows with its square, so no piece is longer than this. */
const SLICE = 500;
/** How far back to look for a space, where a cut changes no count. */
const LOOK_BACK = 100;

/** A text in pieces short enough that each is counted in a few milliseconds, cut where words end if possible. */
export function* slices(text: string): Generator<string> {
  for (let at = 0; at < text.length;) {
    const end = at + SLICE >= text.length ? text.length : cutBefore(text, at + SLICE);
    yield text.slice(at, end);
    at = end;
  }
}

function cutBefore(text: string, limit: number): number {
  const space = text.lastIndexOf(' ', limit);
  if (space > limit - LOOK_BACK) return space;
  // Not between the halves of a character.
  return isLowHalf(text.charCodeAt(limit)) ? limit - 1 : limit;
}

const isLowHalf = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff;
