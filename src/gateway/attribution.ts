import type { Attribution } from '../call/call.js';
import { OWN_PREFIX } from './headerName.js';
import type { WireHeaders } from './WireHeaders.js';

/** Longer label values are cut here, in characters. */
const MAX_VALUE = 100;
/** Longer model names are cut here, in characters: no real one comes near, and metrics and logs would carry it. */
const MAX_MODEL = 200;

/** Control characters, line and paragraph separators, and halves of characters that stand alone. */
const UNSAFE = /[\p{Cc}\u2028\u2029\p{Cs}]+/gu;

/** What nearly every value is; it stays as it is. */
const PLAIN = /^[\x21-\x7e]+$/;

/** Reads `x-promptmeter-<label>` headers of labels on the allow-list. `_` of a label may be written as `-`. */
export class AttributionReader {
  readonly #labels: ReadonlyMap<string, string>;

  constructor(labels: readonly string[]) {
    this.#labels = new Map(
      labels.flatMap((label) => [
        [OWN_PREFIX + label, label],
        [OWN_PREFIX + label.replaceAll('_', '-'), label],
      ]),
    );
  }

  /** The first value of each label that has one. */
  read(headers: WireHeaders): Attribution {
    const attribution: Record<string, string> = {};
    headers.names.forEach(({ lower, own }, at) => {
      const label = own ? this.#labels.get(lower) : undefined;
      if (label === undefined || Object.hasOwn(attribution, label)) return;
      const raw = headers.valueAt(at);
      const value = labelValue(PLAIN.test(raw) ? raw : Buffer.from(raw, 'latin1').toString('utf8'), MAX_VALUE);
      if (value !== '') attribution[label] = value;
    });
    return attribution;
  }
}

/** A model name that can stand in a label and in a log line, whatever the client sent. */
export function modelName(said: string | undefined): string | undefined {
  if (said === undefined) return undefined;
  const name = labelValue(said, MAX_MODEL);
  return name === '' ? undefined : name;
}

function labelValue(said: string, max: number): string {
  if (said.length <= max && PLAIN.test(said)) return said;
  const short = said.length > 4 * max ? said.slice(0, 4 * max) : said;
  const clean = short.replace(UNSAFE, ' ').trim();
  return clean.length > max ? Array.from(clean).slice(0, max).join('').trimEnd() : clean;
}
