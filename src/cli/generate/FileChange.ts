/** What has to happen to one file so that it is as generated. */
export interface FileChange {
  /** Relative to the root, with forward slashes. */
  readonly path: string;
  /** Undefined: the file is new. */
  readonly before: string | undefined;
  /** Undefined: the file is no longer generated and goes. */
  readonly after: string | undefined;
}

export function verbOf({ before, after }: FileChange): 'added' | 'changed' | 'removed' {
  if (after === undefined) return 'removed';
  return before === undefined ? 'added' : 'changed';
}
