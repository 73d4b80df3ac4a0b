import type { Logger } from '../../src/monitor/Logger.js';

/** A logger that keeps what it is told. */
export function recordingLogger(): Logger & { readonly lines: [message: string, fields: unknown][] } {
  const lines: [string, unknown][] = [];
  const write = (message: string, fields?: unknown): void => {
    lines.push([message, fields]);
  };
  return { lines, debug: write, info: write, warn: write, error: write };
}
