import { headerName, type HeaderName } from './headerName.js';

/**
 * Knows the names of the headers that come from one side. They are mostly the same in the same order, head after head:
 * to compare each with the one that stood there before takes less than to look it up.
 */
export class HeaderNames {
  #before: readonly HeaderName[] = [];

  /** @param raw names and values in turn */
  of(raw: readonly string[]): readonly HeaderName[] {
    const names: HeaderName[] = [];
    for (let i = 0; i + 1 < raw.length; i += 2) {
      const said = raw[i] ?? '';
      const before = this.#before[names.length];
      names.push(before?.said === said ? before : headerName(said));
    }
    this.#before = names;
    return names;
  }
}
