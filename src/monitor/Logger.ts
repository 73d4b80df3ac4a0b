export type LogFields = Readonly<Record<string, unknown>>;

/** Knows how to write log lines: a message, and fields beside it. Fits winston, console and an adapted pino. */
export interface Logger {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
  child?(fields: LogFields): Logger;
  /** False spares the making of what would not be written. Absent: every level is written. */
  isLevelEnabled?(level: 'debug' | 'info'): boolean;
}

const ignore = (): void => undefined;

/** Writes nothing. */
export const NOOP_LOGGER: Logger = {
  debug: ignore,
  info: ignore,
  warn: ignore,
  error: ignore,
  isLevelEnabled: () => false,
};
