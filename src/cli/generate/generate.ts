import { loadConfig } from '../../config/loadConfig.js';
import { PromptmeterError } from '../../errors.js';
import { generateFiles } from '../../generators/index.js';
import type { Io } from '../io.js';
import { describeChange } from './describeChange.js';
import { verbOf } from './FileChange.js';
import { findChanges } from './findChanges.js';
import { writeChanges } from './writeChanges.js';

export interface GenerateOptions {
  readonly check?: true;
  readonly json?: true;
}

/**
 * Writes what differs, one line for each file, or only shows it.
 * @throws PromptmeterError with --check when something differs.
 */
export function generate({ check, json }: GenerateOptions, io: Io): void {
  const files = generateFiles(loadConfig(io));
  const changes = findChanges(io.cwd, files);
  if (!check) writeChanges(io.cwd, changes);
  if (json) {
    io.stdout(JSON.stringify({ changes: changes.map((change) => ({ path: change.path, change: verbOf(change) })) }));
  } else {
    for (const change of changes) {
      const lines = check ? describeChange(change) : [`${verbOf(change)} ${change.path}`];
      for (const line of lines) io.stdout(line);
    }
    if (changes.length === 0) io.stderr(`All ${files.length} generated files are up to date.`);
  }
  if (check && changes.length > 0) {
    const those = changes.length === 1 ? '1 generated file differs' : `${changes.length} generated files differ`;
    throw new PromptmeterError('check_failed', `${those}; run \`promptmeter generate\` and commit the result`);
  }
}
