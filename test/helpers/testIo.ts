import type { Io, StopHandler, StopSignal } from '../../src/cli/io.js';

export interface TestIo extends Io {
  readonly out: string[];
  readonly err: string[];
  /** Tells the command to stop, as a signal would. */
  stop(signal?: StopSignal): void;
  /** Tells it to read its settings again, as SIGHUP would. */
  reload(): void;
}

/** An `Io` that keeps what is written. */
export function testIo({ cwd = '/', env = {} }: { cwd?: string; env?: Record<string, string> } = {}): TestIo {
  const out: string[] = [];
  const err: string[] = [];
  const handlers = new Set<StopHandler>();
  const reloads = new Set<() => void>();
  return {
    cwd,
    env,
    out,
    err,
    stdout: (line) => void out.push(line),
    stderr: (line) => void err.push(line),
    onStop: (handler) => {
      handlers.add(handler);
      return () => void handlers.delete(handler);
    },
    onReload: (handler) => {
      reloads.add(handler);
      return () => void reloads.delete(handler);
    },
    reload: () => {
      for (const handler of reloads) handler();
    },
    stop: (signal = 'SIGTERM') => {
      for (const handler of handlers) handler(signal, false);
    },
  };
}
