import { existsSync, readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { loadAll, YAMLException } from 'js-yaml';
import { messageOf, type ConfigurationProblem } from '../errors.js';

export const DEFAULT_FILE = 'promptmeter.yaml';
export const NO_FILE = 'built-in defaults';

export interface RawFile {
  /** The file as messages name it. */
  readonly source: string;
  readonly content: unknown;
  /** Why there is no content, if so. */
  readonly problems: readonly ConfigurationProblem[];
}

/** Reads the file that was asked for, else promptmeter.yaml of the folder if there is one, else nothing. */
export function readConfigFile(asked: string | undefined, cwd: string): RawFile {
  if (asked === undefined && !existsSync(resolve(cwd, DEFAULT_FILE))) {
    return { source: NO_FILE, content: {}, problems: [] };
  }
  const path = resolve(cwd, asked ?? DEFAULT_FILE);
  const inside = relative(cwd, path);
  const source = inside.startsWith('..') || inside === '' ? path : inside;
  try {
    return { source, content: parse(readFileSync(path, 'utf8')), problems: [] };
  } catch (error) {
    return { source, content: {}, problems: [problemOf(error)] };
  }
}

/** The one document of the text; a text without any, such as one of comments only, holds no settings. */
function parse(text: string): unknown {
  const documents = loadAll(text);
  if (documents.length > 1) throw new YAMLException(`it has ${documents.length} documents, take out the lines ---`);
  return documents[0] ?? {};
}

function problemOf(error: unknown): ConfigurationProblem {
  if (!(error instanceof YAMLException)) return { path: '', message: readProblem(error) };
  const { mark, reason } = error;
  const path = mark ? `line ${mark.line + 1}, column ${mark.column + 1}` : '';
  return { path, message: `this is not YAML as it should be: ${reason}` };
}

const READ_PROBLEMS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file; correct PROMPTMETER_CONFIG or unset it to use the defaults',
  EISDIR: 'this is a folder; name the file in it',
  EACCES: 'this file may not be read; change its permissions or its owner',
};

function readProblem(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  return READ_PROBLEMS[code] ?? `this file can't be read: ${messageOf(error)}`;
}
