import { distance } from 'fastest-levenshtein';

/** The allowed word that was probably meant: one begins with the other, or at most `most` letters (a third) differ. */
export function nearest(word: string, allowed: readonly string[], most?: number): string | undefined {
  const ranked = allowed
    .map((candidate) => ({ candidate, differing: differing(word.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.differing - b.differing);
  const [best] = ranked;
  if (best === undefined) return undefined;
  return best.differing <= (most ?? Math.max(1, Math.floor(best.candidate.length / 3))) ? best.candidate : undefined;
}

function differing(a: string, b: string): number {
  const begins = Math.min(a.length, b.length) >= 4 && (a.startsWith(b) || b.startsWith(a));
  return begins ? 1 : distance(a, b);
}

/** `did you mean x?`, or what there is. */
export function suggestion(word: string, allowed: readonly string[]): string {
  const near = nearest(word, allowed);
  if (near !== undefined) return `did you mean ${near}?`;
  return allowed.length === 1 ? `${allowed.join('')} is allowed` : `${listed(allowed)} are allowed`;
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
}
