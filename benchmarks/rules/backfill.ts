import { execFile } from 'node:child_process';
import { createWriteStream, rmSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { valueAt, type Series } from './series.js';

/** A stretch of time of some series, with a sample every so many seconds. */
export interface Stretch {
  readonly series: readonly Series[];
  /** Seconds since 1970, the first included, the last not. */
  readonly from: number;
  readonly to: number;
  readonly every: number;
}

/** Makes real blocks of the stretches, of a day at most, as Prometheus itself would have compacted them. */
export async function backfill(
  promtool: string,
  data: string,
  file: string,
  stretches: readonly Stretch[],
): Promise<void> {
  await pipeline(Readable.from(openMetrics(stretches)), createWriteStream(file));
  await promisify(execFile)(promtool, [
    'tsdb',
    'create-blocks-from',
    'openmetrics',
    '--quiet',
    '--max-block-duration=24h',
    file,
    data,
  ]);
  rmSync(file);
}

/** The samples as text, series by series, with the time in so many units a second. */
export function* lines(stretches: readonly Stretch[], unitsPerSecond = 1): Generator<string> {
  for (const { series, from, to, every } of stretches) {
    for (const each of series) {
      let text = '';
      for (let at = from; at < to; at += every) text += `${each.text} ${valueAt(each, at)} ${at * unitsPerSecond}\n`;
      yield text;
    }
  }
}

function* openMetrics(stretches: readonly Stretch[]): Generator<string> {
  yield* lines(stretches);
  yield '# EOF\n';
}
