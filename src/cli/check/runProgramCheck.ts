import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Io } from '../io.js';
import { findProgram } from '../programs/findProgram.js';
import type { ProgramCheck } from './programChecks.js';

export interface CheckResult {
  readonly check: string;
  readonly result: 'ok' | 'failed' | 'skipped';
  /** What was checked, or why it wasn't. */
  readonly detail: string;
  /** What the program said, when it found something. */
  readonly output?: string;
}

const TIMEOUT_MS = 120_000;

/** Runs a program that is here over files that are here; fetches nothing. */
export async function runProgramCheck({ check, program, args, files }: ProgramCheck, io: Io): Promise<CheckResult> {
  const names = namesIn(join(io.cwd, files.folder)).filter((name) => name.endsWith(files.ending));
  if (names.length === 0) return { check, result: 'skipped', detail: `there is no ${files.folder}/*${files.ending}` };
  const path = findProgram(program, io.env);
  if (path === undefined) return { check, result: 'skipped', detail: `${program} is not on the PATH` };
  const checked = names.map((name) => `${files.folder}/${name}`);
  const detail = `${program} ${args.join(' ')} ${checked.join(' ')}`;
  const { failed, output } = await execute(path, [...args, ...checked], io.cwd);
  return failed ? { check, result: 'failed', detail, output } : { check, result: 'ok', detail };
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}

function execute(path: string, args: readonly string[], cwd: string): Promise<{ failed: boolean; output: string }> {
  return new Promise((resolve) => {
    execFile(path, args, { cwd, timeout: TIMEOUT_MS }, (error, stdout, stderr) => {
      const said = `${stdout}${stderr}`.trim();
      resolve({ failed: error !== null, output: said === '' ? (error?.message ?? '') : said });
    });
  });
}
