import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { messageOf, PromptmeterError } from '../../errors.js';
import type { FileChange } from './FileChange.js';

/**
 * Brings the files under `root` to what is generated. Everything is written beside its place first and put there only
 * when all of it could be written, and a file is replaced in one step: no reader ever sees half of one.
 * @throws PromptmeterError when a file can't be written; then none is changed.
 */
export function writeChanges(root: string, changes: readonly FileChange[]): void {
  const written: string[] = [];
  const beside = (path: string) => join(root, `${path}.new-${process.pid}`);
  try {
    for (const { path, after } of changes) {
      if (after === undefined) continue;
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(beside(path), after);
      written.push(path);
    }
    for (const path of written) renameSync(beside(path), join(root, path));
    for (const { path, after } of changes) if (after === undefined) rmSync(join(root, path));
  } catch (error) {
    for (const path of written) rmSync(beside(path), { force: true });
    const message = `the generated files can't be written: ${messageOf(error)}`;
    throw new PromptmeterError('check_failed', message, { cause: error });
  }
}
