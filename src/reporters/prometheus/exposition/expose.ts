import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Registry } from 'prom-client';
import { METRICS } from '../../../metrics/catalogue.js';
import { isStored } from '../metrics.js';
import { readDefaultLabels } from './DefaultLabels.js';
import type { Family } from './Family.js';
import { foreignFamily } from './foreignFamily.js';
import type { Format } from './Format.js';
import { storedFamily } from './storedFamily.js';

/** Lines written before other work gets its turn: a fraction of a millisecond. */
const LINES_A_TURN = 500;

/**
 * Everything in a registry as text in UTF-8, in pieces. All of our metrics are read at one moment, so that they agree
 * with each other; the writing, which takes most of the time, is done a little at a time between calls.
 * Rejects with what a collector of the application throws.
 */
export async function expose(registry: Registry, format: Format): Promise<readonly Buffer[]> {
  const defaults = await readDefaultLabels(registry, METRICS.scrapeErrors.name);
  const metrics = registry.getMetricsAsArray().map(({ name }) => registry.getSingleMetric(name));
  const readings = await Promise.all(
    metrics.map(async (metric) => (isStored(metric) ? undefined : await metric?.get())),
  );
  const families = metrics.flatMap((metric, at): Family[] => {
    if (isStored(metric)) return [storedFamily(metric, defaults, format)];
    const reading = readings[at];
    return reading === undefined ? [] : [foreignFamily(reading, defaults, format)];
  });
  return await write(families, format);
}

async function write(families: readonly Family[], format: Format): Promise<readonly Buffer[]> {
  const pieces: Buffer[] = [];
  let text = '';
  let lines = 0;
  for (const [index, family] of families.entries()) {
    text += (index === 0 ? '' : format.between) + family.heading;
    for (let at = 0; at < family.size; at += 1) {
      text += family.lines(at);
      lines += family.linesEach;
      if (lines < LINES_A_TURN) continue;
      pieces.push(Buffer.from(text));
      text = '';
      lines = 0;
      await nextTurn();
    }
  }
  pieces.push(Buffer.from(text + format.end));
  return pieces;
}
