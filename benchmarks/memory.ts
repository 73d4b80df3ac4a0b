import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { AIPerformanceMonitor } from '../src/monitor/AIPerformanceMonitor.js';
import { PrometheusMetricsReporter } from '../src/reporters/PrometheusMetricsReporter.js';
import { jsonCall, streamCall } from './calls.js';
import type { Section } from './Section.js';
import { monitoredBy } from './monitored.js';
import { createPriceBook } from '../src/pricing/createPriceBook.js';

const MEASUREMENTS = 4;

/** Calls that are remembered for outcomes by default: filled first, so that every measurement finds as many. */
const REMEMBERED = 100_000;

/** Whether memory grows with the calls: what is held after garbage collection, early and late. */
export async function memory(calls: number): Promise<Section> {
  const collectGarbage = garbageCollector();
  const part = Math.ceil(calls / MEASUREMENTS);
  const metricsReporter = new PrometheusMetricsReporter();
  const monitor = new AIPerformanceMonitor({ metricsReporter, priceBook: createPriceBook() });
  const client = monitoredBy(monitor);
  for (let call = 0; call < REMEMBERED; call += 1) monitor.open().complete();
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
    const { heapUsed, external } = process.memoryUsage();
    const heap = (heapUsed + external) / 1024 / 1024;
    heaps.push(heap);
    rows.push([(measurement * part).toLocaleString('en'), heap.toFixed(2)]);
  }
  const [early = NaN] = heaps;
  const late = heaps.at(-1) ?? NaN;
  return {
    title: 'Memory over many calls',
    intro: `One of five calls is a stream, every thousandth is followed by a scrape. Memory of objects and buffers after garbage collection, in MB.`,
    head: ['calls', 'MB'],
    rows,
    notes: [`It changes by ${((100 * (late - early)) / early).toFixed(1)} % from first to last (target: within 5 %).`],
  };
}

function garbageCollector(): () => void {
  setFlagsFromString('--expose-gc');
  return () => void runInNewContext('gc()');
}
