import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What a golden file under test/fixtures holds. `UPDATE_GOLDEN=1` writes it anew with `actual`: read the diff then. */
export function golden(name: string, actual: string): string {
  const path = join(import.meta.dirname, '../fixtures', name);
  if (process.env['UPDATE_GOLDEN'] === '1') {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, actual);
  }
  return readFileSync(path, 'utf8');
}
