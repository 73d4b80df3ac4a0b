import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(import.meta.dirname, '../fixtures/sse');

/** Names of the recorded streams. */
export const streamFixtureNames: readonly string[] = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.sse'))
  .map((name) => name.slice(0, -'.sse'.length))
  .sort();

/** The bytes of a recorded stream. */
export function streamFixture(name: string): Uint8Array {
  return new Uint8Array(readFileSync(join(FOLDER, `${name}.sse`)));
}

/** The bytes of the first events of a recorded stream, each whole. */
export function firstEvents(name: string, count: number): string {
  const events = new TextDecoder().decode(streamFixture(name)).split('\n\n');
  return events
    .slice(0, count)
    .map((event) => `${event}\n\n`)
    .join('');
}
