import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { AIPerformanceMonitor } from '../src/monitor/AIPerformanceMonitor.js';
import { PrometheusMetricsReporter } from '../src/reporters/PrometheusMetricsReporter.js';
import { jsonCall, streamCall } from './calls.js';
import type { Section } from './Section.js';
import { monitoredBy } from './variants.js';
import { createPriceBook } from '../src/pricing/createPriceBook.js';

const MEASUREMENTS = 4;

/**
 * Whether memory grows with the calls: what is on the heap after garbage collection, early and late. Calls are remembered
 * for outcomes in two generations, the older of which is dropped when the younger is full; one is filled from each
 * measurement to the next, so that all of them find as much.
 */
export async function memory(calls: number): Promise<Section> {
  const collectGarbage = garbageCollector();
  const part = Math.ceil(calls / MEASUREMENTS);
  const metricsReporter = new PrometheusMetricsReporter();
  const outcomes = { maxCalls: 2 * part };
  const monitor = new AIPerformanceMonitor({ metricsReporter, priceBook: createPriceBook(), outcomes });
  const client = monitoredBy(monitor);
  for (let call = 0; call < 2 * part; call += 1) monitor.open().complete();
  const rows: string[][] = [];
  const heaps: number[] = [];
  for (let measurement = 1; measurement <= MEASUREMENTS; measurement += 1) {
    for (let call = 0; call < part; call += 1) {
      await (call % 5 === 0 ? streamCall(client) : jsonCall(client));
      if (call % 1000 === 0) await metricsReporter.getMetrics();
    }
    // Finalizers run between turns and free what they were the last to hold.
    for (let turn = 0; turn < 3; turn += 1) {
      collectGarbage();
      await new Promise(setImmediate);
    }
    const heap = process.memoryUsage().heapUsed / 1024 / 1024;
    heaps.push(heap);
    rows.push([(measurement * part).toLocaleString('en'), heap.toFixed(2)]);
  }
  const [early = NaN] = heaps;
  const late = heaps.at(-1) ?? NaN;
  return {
    title: 'Memory over many calls',
    intro: `One of five calls is a stream, every thousandth is followed by a scrape; the last ${(2 * part).toLocaleString('en')} calls at most are remembered for what users do with their answers. Heap after garbage collection, in MB.`,
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
