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
export async function runProgramCheck(
  { check, program, args, folder, names }: ProgramCheck,
  io: Io,
): Promise<CheckResult> {
  const checked = filesIn(join(io.cwd, folder), names).map((name) => `${folder}/${name}`);
  if (checked.length === 0) return { check, result: 'skipped', detail: `there is no ${folder}/${names}` };
  const path = findProgram(program, io.env);
  if (path === undefined) return { check, result: 'skipped', detail: `${program} is not on the PATH` };
  const detail = `${program} ${args.join(' ')} ${checked.join(' ')}`;
  const { failed, output } = await execute(path, [...args, ...checked], io.cwd);
  return failed ? { check, result: 'failed', detail, output } : { check, result: 'ok', detail };
}

function filesIn(folder: string, pattern: string): string[] {
  const fits = (name: string) => (pattern.startsWith('*') ? name.endsWith(pattern.slice(1)) : name === pattern);
  try {
    return readdirSync(folder).filter(fits).sort();
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
