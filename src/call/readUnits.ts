import { asCount, asRecord, asString } from './guards.js';
import type { Operation } from './operation.js';
import type { BilledUnits, ImageUnits } from './units.js';

/** What a request asks for beside tokens: the text to speak, the images to make. Keeps nothing but counts and sizes. */
export function unitsOfRequest(operation: Operation, body: unknown): BilledUnits | undefined {
  const fields = asRecord(body);
  if (fields === undefined) return undefined;
  if (operation === 'speech') {
    const text = asString(fields['input']);
    return text === undefined ? undefined : { characters: charactersOf(text) };
  }
  if (operation !== 'images') return undefined;
  return { images: { count: asCount(fields['n']) ?? 1, ...kindOf(fields) } };
}

/** What an answer tells: the seconds of audio that were transcribed, the images that were made. */
export function unitsOfAnswer(fields: Readonly<Record<string, unknown>>): BilledUnits | undefined {
  const { data } = fields;
  if (Array.isArray(data) && data.length > 0 && data.every(isImage)) {
    return { images: { count: data.length, ...kindOf(fields) } };
  }
  const usage = asRecord(fields['usage']);
  const told = usage?.['type'] === 'duration' ? asSeconds(usage['seconds']) : undefined;
  // A verbose transcript of an older server has its duration beside its text, and no usage.
  const seconds = told ?? (asString(fields['text']) === undefined ? undefined : asSeconds(fields['duration']));
  return seconds === undefined ? undefined : { audioSeconds: seconds };
}

/** What is billed in the end: what the answer tells goes before what the request asked for. */
export function mergeUnits(asked: BilledUnits | undefined, told: BilledUnits | undefined): BilledUnits | undefined {
  if (asked === undefined || told === undefined) return told ?? asked;
  const images = asked.images === undefined ? told.images : { ...asked.images, ...told.images };
  return { ...asked, ...told, ...(images === undefined ? {} : { images }) };
}

function kindOf(fields: Readonly<Record<string, unknown>>): Omit<ImageUnits, 'count'> {
  const size = asString(fields['size']);
  const quality = asString(fields['quality']);
  return {
    ...(size === undefined || size === 'auto' ? {} : { size }),
    ...(quality === undefined || quality === 'auto' ? {} : { quality }),
  };
}

function isImage(item: unknown): boolean {
  const fields = asRecord(item);
  return typeof fields?.['b64_json'] === 'string' || typeof fields?.['url'] === 'string';
}

function asSeconds(value: unknown): number | undefined {
  return typeof value === 'number' && value >= 0 && value < Infinity ? value : undefined;
}

/** Characters as people count them, not halves of them. */
function charactersOf(text: string): number {
  let count = 0;
  for (const character of text) count += character === '' ? 0 : 1;
  return count;
}
