/** One metric as it stood at one moment, whose text is still to be written. */
export interface Family {
  /** The lines above its series. */
  readonly heading: string;
  /** How many series it has. */
  readonly size: number;
  /** Lines that one series takes. */
  readonly linesEach: number;
  /** The lines of one series, 0 to `size - 1`. */
  readonly lines: (at: number) => string;
}
