import type { HeaderName } from './headerName.js';
import { HeaderNames } from './HeaderNames.js';

const asked = new HeaderNames();
const answered = new HeaderNames();

/** The headers of a request or of an answer as they came, and what is known of their names. */
export class WireHeaders {
  /** @param raw names and values in turn, one character a byte */
  static ofRequest(raw: readonly string[]): WireHeaders {
    return new WireHeaders(raw, asked.of(raw));
  }

  /** @param raw names and values in turn, one character a byte */
  static ofAnswer(raw: readonly string[]): WireHeaders {
    return new WireHeaders(raw, answered.of(raw));
  }

  private constructor(
    private readonly raw: readonly string[],
    /** In order. */
    readonly names: readonly HeaderName[],
  ) {}

  /** The value of the header that stands there among all. */
  valueAt(at: number): string {
    return this.raw[2 * at + 1] ?? '';
  }

  /** The value of a header by its name in small letters; of several the first. */
  value(lower: string): string | undefined {
    const { names } = this;
    for (let at = 0; at < names.length; at += 1) if (names[at]?.lower === lower) return this.valueAt(at);
    return undefined;
  }
}
