/** One table of the report. */
export interface Section {
  readonly title: string;
  readonly intro: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** What the numbers come to. */
  readonly notes: readonly string[];
}
