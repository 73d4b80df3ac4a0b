import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { messageOf, PromptmeterError } from '../../errors.js';
import type { GeneratedFile } from '../../generators/GeneratedFile.js';
import type { FileChange } from './FileChange.js';
import { isGenerated } from './isGenerated.js';
import { replaceSection, sectionIn } from './replaceSection.js';

/**
 * Compares what is generated with what stands under `root`. Names only files that differ, in the order of their paths,
 * and those in `folders` that are no longer generated: a server would still load them.
 * @throws PromptmeterError when a file can't be read or has lost the marks of a generated section.
 */
export function findChanges(root: string, files: readonly GeneratedFile[], folders: readonly string[]): FileChange[] {
  const after = new Map<string, string>();
  for (const file of files) {
    const content = contentOf(root, file, after.get(file.path));
    if (content !== undefined) after.set(file.path, content);
  }
  const written = [...after].map(([path, content]) => ({ path, before: read(root, path), after: content }));
  const stale = folders
    .flatMap((folder) => filesIn(root, folder))
    .filter((path) => !after.has(path))
    .map((path) => ({ path, before: read(root, path), after: undefined }))
    .filter(({ before }) => before !== undefined && isGenerated(before));
  return [...written, ...stale]
    .filter((change) => change.before !== change.after)
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** The whole file. A section of a file that isn't there is left out: there is nothing to put it into. */
function contentOf(root: string, { path, content, section, keeps = [] }: GeneratedFile, sofar: string | undefined) {
  if (section === undefined) return keeping(content, keeps, keeps.length === 0 ? undefined : read(root, path));
  const text = sofar ?? read(root, path);
  if (text === undefined) return undefined;
  const replaced = replaceSection(text, section, content);
  if (replaced !== undefined) return replaced;
  const marks = `<!-- generated:${section} --> and <!-- /generated:${section} -->`;
  throw new PromptmeterError('check_failed', `${path} has lost the marks ${marks}; put them where the text belongs`);
}

/** The content with these sections as the file has them already. */
function keeping(content: string, sections: readonly string[], before = ''): string {
  return sections.reduce((text, section) => {
    const kept = sectionIn(before, section);
    return kept === undefined ? text : (replaceSection(text, section, kept) ?? text);
  }, content);
}

function read(root: string, path: string): string | undefined {
  try {
    return readFileSync(join(root, path), 'utf8');
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw new PromptmeterError('check_failed', `${path} can't be read: ${messageOf(error)}`, { cause: error });
  }
}

function filesIn(root: string, folder: string): string[] {
  try {
    return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'));
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT';
}
