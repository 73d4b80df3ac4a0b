import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The root of the repository. */
export const ROOT = join(import.meta.dirname, '../..');

/** A committed file. */
export function committed(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

/** Paths of the committed files of a folder with this ending, sorted. */
export function committedIn(folder: string, ending: string): string[] {
  return readdirSync(join(ROOT, folder))
    .filter((name) => name.endsWith(ending))
    .sort()
    .map((name) => `${folder}/${name}`);
}
