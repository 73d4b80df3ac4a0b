import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { PrometheusMetricsReporter } from '../src/reporters/PrometheusMetricsReporter.js';
import { jsonCall, streamCall } from './calls.js';
import type { Section } from './Section.js';
import { monitored } from './variants.js';

const MEASUREMENTS = 5;

/** Whether memory grows with the calls: what is on the heap after garbage collection, early and late. */
export async function memory(calls: number): Promise<Section> {
  const collectGarbage = garbageCollector();
  const reporter = new PrometheusMetricsReporter();
  const client = monitored(reporter);
  const rows: string[][] = [];
  const heaps: number[] = [];
  for (let part = 1; part <= MEASUREMENTS; part += 1) {
    for (let call = 0; call < calls / MEASUREMENTS; call += 1) {
      await (call % 5 === 0 ? jsonCall(client) : streamCall(client));
      if (call % 1000 === 0) await reporter.getMetrics();
    }
    // Finalizers run between turns and free what they were the last to hold.
    for (let turn = 0; turn < 3; turn += 1) {
      collectGarbage();
      await new Promise(setImmediate);
    }
    const heap = process.memoryUsage().heapUsed / 1024 / 1024;
    heaps.push(heap);
    rows.push([((part * calls) / MEASUREMENTS).toLocaleString('en'), heap.toFixed(2)]);
  }
  const [early = NaN] = heaps;
  const late = heaps.at(-1) ?? NaN;
  return {
    title: 'Memory over many calls',
    intro:
      'Four of five calls are streams, every thousandth is followed by a scrape. Heap after garbage collection, in MB.',
    head: ['calls', 'heap MB'],
    rows,
    notes: [
      `The heap changes by ${((100 * (late - early)) / early).toFixed(1)} % from first to last (target: within 5 %).`,
    ],
  };
}

function garbageCollector(): () => void {
  setFlagsFromString('--expose-gc');
  return () => void runInNewContext('gc()');
}
