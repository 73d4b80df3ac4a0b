import { cpus, loadavg } from 'node:os';

/** What the log of a process complains of. */
export interface Complaints {
  /** True when there is nothing, or nothing but what a machine with more to do than processors does to any process. */
  readonly areExcused: boolean;
  /** Put before "warning" and "error" where some are told of. */
  readonly other: '' | 'other ';
  /** What is to be told of those. */
  readonly findings: readonly string[];
}

/** Judges the warnings and errors of a log, a line each. */
export function complaintsOf(lines: readonly string[]): Complaints {
  const slow = lines.filter((line) => line.includes('"reason":"slow"')).length;
  if (slow === 0) return { areExcused: lines.length === 0, other: '', findings: [] };
  const [load = 0] = loadavg();
  const processors = cpus().length;
  return {
    areExcused: lines.length === slow && load > processors,
    other: 'other ',
    findings: [
      `${slow} times it was logged that a report had taken more than 200 ms, on a machine whose load average was ${load.toFixed(1)} with ${processors} processors.`,
    ],
  };
}
