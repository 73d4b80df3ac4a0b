import { CommanderError } from 'commander';
import { isPromptmeterError, type PromptmeterErrorCode } from '../errors.js';

/** As sysexits.h numbers them, https://man.openbsd.org/sysexits.3 */
export const EXIT = { ok: 0, found: 1, usage: 64, missing: 69, bug: 70, configuration: 78 } as const;

const BY_ERROR_CODE: Readonly<Record<PromptmeterErrorCode, number>> = {
  check_failed: EXIT.found,
  usage: EXIT.usage,
  missing_option: EXIT.usage,
  service_missing: EXIT.missing,
  upstream_unreachable: EXIT.missing,
  configuration: EXIT.configuration,
  metric_conflict: EXIT.bug,
  unsupported_client: EXIT.bug,
};

/** The exit code for whatever a command threw. */
export function exitCodeOf(error: unknown): number {
  if (isPromptmeterError(error)) return BY_ERROR_CODE[error.code];
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  return EXIT.bug;
}
