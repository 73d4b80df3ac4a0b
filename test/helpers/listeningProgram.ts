import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { ensureProgram } from '../../src/cli/programs/ensureProgram.js';
import type { ProgramName } from '../../src/cli/programs/names.js';

export interface ListeningProgram {
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts a server that logs which free port of 127.0.0.1 it took; resolves with the line that `isReady` accepts. */
export async function startListening(
  program: ProgramName,
  args: readonly string[],
  isReady: (line: string) => boolean,
): Promise<ListeningProgram> {
  const path = await ensureProgram(program, (line) => void process.stderr.write(`${line}\n`));
  const child = spawn(path, [...args, '--web.listen-address=127.0.0.1:0'], { stdio: ['ignore', 'ignore', 'pipe'] });
  const lines: string[] = [];
  let url: string | undefined;
  let ready = false;
  for await (const line of createInterface({ input: child.stderr })) {
    lines.push(line);
    const address = /Listening on"? address=(127\.0\.0\.1:\d+)/.exec(line)?.[1];
    if (address !== undefined) url = `http://${address}`;
    ready = isReady(line);
    if (ready) break;
  }
  child.stderr.resume();
  if (!ready || url === undefined) throw new Error(`${program} did not start:\n${lines.join('\n')}`);
  return {
    url,
    stop: async () => {
      if (child.exitCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    },
  };
}
