export type StopSignal = 'SIGINT' | 'SIGTERM';

/** Called when the process is told to stop: `again` is false the first time and true from the second on. */
export type StopHandler = (signal: StopSignal, again: boolean) => void;

/** What a command may know and do of the world outside. Tests hand in their own. */
export interface Io {
  /** Writes one line to standard output, which carries results only. */
  stdout(line: string): void;
  /** Writes one line to standard error, which carries messages. */
  stderr(line: string): void;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Takes SIGINT and SIGTERM from the process's default until the returned function is called. */
  onStop(handler: StopHandler): () => void;
  /** Takes SIGHUP from the process's default, which is to end, until the returned function is called. */
  onReload(handler: () => void): () => void;
}

/** A shell and npm both pass one Ctrl-C on; what comes within this many milliseconds is the same wish to stop. */
const SAME_STOP_MS = 500;

/**
 * The real process. The first signal is left to the handlers; the second calls them once more and then `end`, so
 * that whoever waits for a drain need not.
 */
export function processIo(end: (exitCode: number) => void): Io {
  const handlers = new Set<StopHandler>();
  let stoppedAt: number | undefined;

  const stop = (signal: StopSignal): void => {
    const now = performance.now();
    if (stoppedAt !== undefined && now - stoppedAt < SAME_STOP_MS) return;
    const again = stoppedAt !== undefined;
    stoppedAt = now;
    for (const handler of handlers) handler(signal, again);
    if (again) end(signal === 'SIGINT' ? 130 : 143);
  };

  return {
    stdout: (line) => void process.stdout.write(`${line}\n`),
    stderr: (line) => void process.stderr.write(`${line}\n`),
    env: process.env,
    cwd: process.cwd(),
    onStop: (handler) => {
      if (handlers.size === 0) process.on('SIGINT', stop).on('SIGTERM', stop);
      handlers.add(handler);
      return () => {
        if (handlers.delete(handler) && handlers.size === 0) process.off('SIGINT', stop).off('SIGTERM', stop);
      };
    },
    onReload: (handler) => {
      process.on('SIGHUP', handler);
      return () => void process.off('SIGHUP', handler);
    },
  };
}
