import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';
import type { FileChange } from './FileChange.js';
import { firstDifference } from './firstDifference.js';

/** A change as a unified diff; for JSON with the first path at which it differs, which a long diff hides. */
export function describeChange({ path, before, after }: FileChange): string[] {
  const from = before === undefined ? '/dev/null' : `a/${path}`;
  const to = after === undefined ? '/dev/null' : `b/${path}`;
  const patch = createTwoFilesPatch(from, to, before ?? '', after ?? '', undefined, undefined, {
    context: 3,
    headerOptions: FILE_HEADERS_ONLY,
  });
  const at = path.endsWith('.json') ? firstDifference(before, after) : undefined;
  return [...(at === undefined ? [] : [`${path} differs first at ${at}`]), patch.trimEnd()];
}
