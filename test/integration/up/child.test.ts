import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Child } from '../../../src/cli/up/Child.js';
import { commandLinesWith } from '../../helpers/commandLines.js';
import { temporaryFolder, type TemporaryFolder } from '../../helpers/temporaryFolder.js';
import { until } from '../../helpers/until.js';

let folder: TemporaryFolder;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

/** A program that names the folder on its command line, so that it can be found. */
function startShell(script: string, logFile = join(folder.path, 'log')): Child {
  return new Child({
    command: 'sh',
    args: ['-c', script, folder.path],
    env: process.env,
    cwd: folder.path,
    logFile,
  });
}

const log = () => {
  try {
    return readFileSync(join(folder.path, 'log'), 'utf8');
  } catch {
    return '';
  }
};
const running = () => commandLinesWith([folder.path]);

describe('Child', () => {
  it('lets a program end by itself when asked to', async () => {
    const child = startShell('trap "echo bye; exit 0" TERM; echo up; while :; do sleep 0.05; done');
    await until(() => log().includes('up'), 'the program');
    await child.stop(60_000);
    const { reason, lastLines } = await child.exited;
    expect(reason).toBe('exited with code 0');
    expect(lastLines).toContain('bye');
    expect(running()).toEqual([]);
  });

  it('ends a program that ignores the wish, with all that it started', async () => {
    const child = startShell(
      'trap "" TERM; sh -c "while :; do sleep 0.05; done" "$0" & echo up; while :; do sleep 0.05; done',
    );
    await until(() => log().includes('up') && running().length >= 2, 'the program and its own');
    await child.stop(50);
    expect(await child.exited).toMatchObject({ reason: 'was ended by SIGKILL' });
    await until(() => running().length === 0, 'the end of what it started');
  });

  it('ends what a program leaves behind', async () => {
    const child = startShell('sh -c "while :; do sleep 0.05; done" "$0" >/dev/null 2>&1 & echo up');
    await child.exited;
    expect(running()).not.toEqual([]);
    await child.stop(60_000);
    await until(() => running().length === 0, 'the end of what it left');
  });

  it('keeps the last lines and writes all of them to the log', async () => {
    const child = startShell('for i in 1 2 3 4 5 6 7; do echo "line $i"; done; printf "no end of line" >&2; exit 7');
    const { reason, lastLines } = await child.exited;
    expect(reason).toBe('exited with code 7');
    expect(lastLines).toHaveLength(5);
    expect(lastLines).toEqual(expect.arrayContaining(['line 7', 'no end of line']));
    await until(() => log().includes('line 1\n') && log().includes('no end of line'), 'the log');
  });

  it('goes on when its log cannot be written', async () => {
    const child = startShell('for i in 1 2 3; do seq 100000; done; echo done', join(folder.path, 'no/such/folder/log'));
    const { reason, lastLines } = await child.exited;
    expect([reason, lastLines.at(-1)]).toEqual(['exited with code 0', 'done']);
  });

  it('says so when a program cannot be started', async () => {
    const child = new Child({
      command: join(folder.path, 'nothing'),
      args: [],
      env: process.env,
      cwd: folder.path,
      logFile: join(folder.path, 'log'),
    });
    const { reason, lastLines } = await child.exited;
    expect(`${reason} ${lastLines.join(' ')}`).toMatch(/nothing/);
    await child.stop(10);
  });
});
