import { execFileSync } from 'node:child_process';

/** Command lines of all processes of this machine in which one of the words occurs. */
export function commandLinesWith(words: readonly string[]): readonly string[] {
  const lines = execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' }).split('\n');
  return lines.filter((line) => words.some((word) => line.includes(word)));
}
