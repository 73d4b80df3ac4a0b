import { headerName, type HeaderName } from './headerName.js';

/** The headers of an upstream's answer as they came, and what is known of their names. */
export class AnswerHeaders {
  /** In order. */
  readonly names: readonly HeaderName[];

  /** @param raw names and values in turn, one character a byte */
  constructor(readonly raw: readonly string[]) {
    const names: HeaderName[] = [];
    for (let i = 0; i + 1 < raw.length; i += 2) names.push(headerName(raw[i] ?? ''));
    this.names = names;
  }

  /** The value of a header by its name in small letters; of several the first. */
  value(lower: string): string | undefined {
    const { names } = this;
    for (let at = 0; at < names.length; at += 1) if (names[at]?.lower === lower) return this.raw[2 * at + 1];
    return undefined;
  }
}
