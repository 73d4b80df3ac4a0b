import type { Io } from '../io.js';
import { summaryLines, type Summary } from './summary.js';
import type { DeliveredAlert } from './readAlert.js';
import type { Failure } from './Supervisor.js';

/** Knows how to tell what becomes of the stack: lines for people, or with `json` one object a line for programs. */
export interface Announcer {
  /** A part works. */
  healthy(name: string, shown: string): void;
  /** A part failed. */
  failed(failure: Pick<Failure, 'reason' | 'lastLines' | 'logFile'> & { readonly name: string }): void;
  /** A part is left out. */
  missing(name: string, why: string): void;
  /** Everything that can be started stands. */
  ready(summary: Summary): void;
  /** Alertmanager delivered an alert. */
  alert(alert: DeliveredAlert): void;
  /** What is going on, for people only. */
  say(line: string): void;
}

const WIDTH = 13;

export function createAnnouncer(io: Io, json: boolean): Announcer {
  const say = (line: string) => io.stderr(line);
  if (json) {
    const tell = (object: object) => io.stdout(JSON.stringify(object));
    return {
      healthy: (part, shown) => tell({ part, state: 'healthy', shown }),
      failed: ({ name, reason, lastLines, logFile }) =>
        tell({ part: name, state: 'failed', reason, lastLines, logFile }),
      missing: (part, reason) => tell({ part, state: 'missing', reason }),
      ready: (summary) => tell({ state: 'ready', ...summary }),
      alert: ({ status, ...alert }) => tell({ alert: status, ...alert }),
      say,
    };
  }
  return {
    healthy: (name, shown) => io.stdout(`  ${name.padEnd(WIDTH)} ${shown}`),
    failed: ({ name, reason, lastLines, logFile }) => {
      io.stderr(
        `  ${name.padEnd(WIDTH)} ${reason}; ${lastLines.length === 0 ? 'it wrote nothing' : `all it wrote is in ${logFile}`}`,
      );
      for (const line of lastLines) io.stderr(`  ${''.padEnd(WIDTH)} | ${line}`);
    },
    missing: (name, why) => io.stderr(`  ${name.padEnd(WIDTH)} left out: ${why}`),
    ready: (summary) => summaryLines(summary).forEach((line) => io.stdout(line)),
    alert: ({ status, alertname, severity, summary }) =>
      io.stdout(`${clock()}  ${status.padEnd(8)} ${alertname} (${severity}): ${summary}`),
    say,
  };
}

const clock = (): string => new Date().toTimeString().slice(0, 8);
