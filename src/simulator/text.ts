import type { Random } from './Random.js';
import { CHARACTERS_PER_TOKEN } from './tokens.js';

/** Common words, each one token. */
const WORDS: readonly [string, ...string[]] = [
  'a', 'all', 'also', 'answer', 'are', 'as', 'at', 'be', 'because', 'both', 'call', 'can', 'case', 'day', 'each',
  'first', 'for', 'from', 'good', 'has', 'how', 'in', 'is', 'it', 'just', 'keep', 'long', 'make', 'many', 'more',
  'most', 'new', 'next', 'not', 'now', 'of', 'on', 'one', 'or', 'other', 'out', 'part', 'place', 'point', 'right',
  'same', 'see', 'set', 'short', 'so', 'some', 'such', 'than', 'that', 'the', 'then', 'there', 'they', 'this', 'time',
  'to', 'two', 'up', 'use', 'was', 'way', 'we', 'well', 'what', 'when', 'which', 'with', 'work', 'year', 'you', 'über',
]; // prettier-ignore

const SENTENCE = 12;
/** A piece of more words than this repeats itself: drawing ten thousand words for one call would take too long. */
const MOST_DRAWN = 8;

/** Text in pieces, as a stream sends it: `pieces` of them, each holding `words` words. */
export function textPieces(random: Random, pieces: number, words: number): string[] {
  return Array.from({ length: pieces }, (_, i) => {
    const few = Array.from({ length: Math.min(words, MOST_DRAWN) }, () => random.pick(WORDS));
    const text =
      `${few.join(' ')} `.repeat(Math.floor(words / few.length)) + few.slice(0, words % few.length).join(' ');
    if (i % SENTENCE === 0) return `${i === 0 ? '' : '. '}${text.charAt(0).toUpperCase()}${text.slice(1).trimEnd()}`;
    return ` ${text.trimEnd()}`;
  });
}

/** A prompt of about so many tokens. */
export function promptOf(random: Random, tokens: number): string {
  const length = tokens * CHARACTERS_PER_TOKEN;
  let text = '';
  while (text.length < length) text += `${random.pick(WORDS)} `;
  return text.slice(0, length);
}

/** Text that is given, such as JSON, in pieces of a token each. */
export function piecesOf(text: string): string[] {
  return text.match(/.{1,4}/gsu) ?? [];
}
