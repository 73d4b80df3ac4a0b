import { loadConfig } from '../../config/loadConfig.js';
import { PromptmeterError, UsageError } from '../../errors.js';
import type { Io } from '../io.js';
import { describeChange } from './describeChange.js';
import { verbOf } from './FileChange.js';
import { findChanges } from './findChanges.js';
import type { Target } from './targetNames.js';
import { generatedFor } from './targets.js';
import { writeChanges } from './writeChanges.js';

export interface GenerateOptions {
  readonly check?: true;
  readonly json?: true;
  readonly target: Target;
  /** Of the objects of Kubernetes. */
  readonly namespace?: string;
  readonly label: Readonly<Record<string, string>>;
}

/**
 * Writes what differs, one line for each file, or only shows it.
 * @throws PromptmeterError with --check when something differs, UsageError for options of another target.
 */
export function generate({ check, json, target, namespace, label }: GenerateOptions, io: Io): void {
  if (target !== 'kubernetes' && (namespace !== undefined || Object.keys(label).length > 0)) {
    throw new UsageError('--namespace and --label are about objects of Kubernetes; add --target kubernetes');
  }
  const { files, folders } = generatedFor(target, loadConfig(io), { namespace, labels: label });
  const changes = findChanges(io.cwd, files, folders);
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
    throw new PromptmeterError(
      'check_failed',
      `${those}; run \`promptmeter generate${target === 'files' ? '' : ` --target ${target}`}\` and commit the result`,
    );
  }
}
