/** One file that `promptmeter generate` writes. */
export interface GeneratedFile {
  /** Relative to the root of the repository, with forward slashes. */
  readonly path: string;
  readonly content: string;
  /**
   * When set, `content` replaces only what stands between `<!-- generated:SECTION -->` and
   * `<!-- /generated:SECTION -->` in the file.
   */
  readonly section?: string;
  /** Sections of `content`, between the same marks, that keep what the file has there: measurements, of other commands. */
  readonly keeps?: readonly string[];
}

/** What a generated file says of itself, as text without comment marks. */
export const BANNER = 'generated, do not edit: change promptmeter.yaml or src/generators and run npm run generate';
