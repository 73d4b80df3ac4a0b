import { pino } from 'pino';
import type { Logger } from '../monitor/Logger.js';

export interface PinoLoggerOptions {
  /** A level of pino: fatal, error, warn, info, debug, trace or silent. */
  readonly level: string;
  /** Takes one line of JSON. */
  readonly write: (line: string) => void;
}

/** Fields that are never ours to write down. */
const HIDDEN = ['authorization', 'apiKey', 'api_key', 'token', 'password', 'cookie', 'body', 'messages', 'prompt'];

/** Keys and bearers, wherever in a line they stand: a system's error text can quote what it was given. */
const SECRETS = /\b(sk-[\w-]{6}|pm_[a-z0-9-]+_)[\w-]+|\b(Bearer )[^\s"\\]+/g;

/** Pino as a `Logger`: one line of JSON a message, with the time as ISO 8601 and without keys. */
export function createPinoLogger({ level, write }: PinoLoggerOptions): Logger {
  const redact = { paths: HIDDEN.flatMap((field) => [field, `*.${field}`]), censor: '***' };
  const destination = { write: (line: string) => write(line.trimEnd().replace(SECRETS, '$1$2***')) };
  const options = {
    level,
    redact,
    base: null,
    messageKey: 'message',
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
  };
  return adapt(pino(options, destination));
}

/** Pino takes the fields first. */
function adapt(logger: pino.Logger): Logger {
  return {
    debug: (message, fields = {}) => logger.debug(fields, message),
    info: (message, fields = {}) => logger.info(fields, message),
    warn: (message, fields = {}) => logger.warn(fields, message),
    error: (message, fields = {}) => logger.error(fields, message),
    child: (fields) => adapt(logger.child(fields)),
    isLevelEnabled: (level) => logger.isLevelEnabled(level),
  };
}
