import { readFileSync } from 'node:fs';

/** Clock ticks are a hundredth of a second on every Linux. */
const TICK_US = 10_000;

/** Microseconds of processor time of a process, its threads included, in steps of a tick; NaN where there is no /proc. */
export function cpuOf(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) * TICK_US;
  } catch {
    return NaN;
  }
}
