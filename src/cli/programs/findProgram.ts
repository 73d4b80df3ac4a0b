import { accessSync, constants, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { PROGRAMS, type ProgramName } from './names.js';

export type Environment = Readonly<Record<string, string | undefined>>;

/** The folder for programs that were fetched: `promptmeter/programs` in XDG_CACHE_HOME or ~/.cache. */
export function programCache(env: Environment = process.env): string {
  return join(nonEmpty(env['XDG_CACHE_HOME']) ?? join(homedir(), '.cache'), 'promptmeter', 'programs');
}

/**
 * The absolute path of a program that is already here, or undefined. Looks in the folder PROMPTMETER_PROGRAMS,
 * on the PATH and in the cache, in this order. Fetches nothing.
 */
export function findProgram(name: ProgramName, env: Environment = process.env): string | undefined {
  const own = nonEmpty(env['PROMPTMETER_PROGRAMS']);
  const path = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return findExecutable(PROGRAMS[name].files, [...(own === undefined ? [] : [own]), ...path, programCache(env)]);
}

/** The first of `files` that can be executed, folder by folder. */
export function findExecutable(files: readonly string[], folders: readonly string[]): string | undefined {
  return folders.flatMap((folder) => files.map((file) => resolve(folder, file))).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function nonEmpty(value: string | undefined): string | undefined {
  return value === '' ? undefined : value;
}
