import { monitorEventLoopDelay } from 'node:perf_hooks';
import { getHeapStatistics } from 'node:v8';
import type { Catalogue } from './Catalogue.js';

/** Milliseconds between looks at the event loop. What it was late is what is above them. */
const RESOLUTION_MS = 20;
const QUANTILES = [0.5, 0.99, 1] as const;

const NS_PER_MS = 1e6;
const MS_PER_SECOND = 1000;
const US_PER_SECOND = 1e6;

/** What one or several processes use: bytes of memory, and microseconds of processor time since they began. */
export interface ProcessUsage {
  readonly resident: number;
  readonly heap: number;
  readonly user: number;
  readonly system: number;
}

/** What this process uses. Never throws. */
export function ownUsage(): ProcessUsage {
  return { resident: residentMemory(), heap: getHeapStatistics().used_heap_size, ...process.cpuUsage() };
}

let lastResident = 0;

/** As it last was when it can't be read, which takes a descriptor: with too many connections there is none left. */
function residentMemory(): number {
  try {
    lastResident = process.memoryUsage.rss();
  } catch {
    // What it was is near enough.
  }
  return lastResident;
}

/** Measures the process that it runs in, each time that someone asks; between scrapes only the event loop is watched. */
export function measureProcess(catalogue: Catalogue, usageOf: () => ProcessUsage = ownUsage): void {
  const resident = catalogue.gauge('processMemory', { kind: 'resident' });
  const heap = catalogue.gauge('processMemory', { kind: 'heap' });
  catalogue.beforeReading('processMemory', () => {
    const used = usageOf();
    resident.set(used.resident);
    heap.set(used.heap);
  });

  const user = catalogue.counter('processCpu', { mode: 'user' });
  const system = catalogue.counter('processCpu', { mode: 'system' });
  catalogue.beforeReading('processCpu', () => {
    const used = usageOf();
    user.value = used.user / US_PER_SECOND;
    system.value = used.system / US_PER_SECOND;
  });

  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  const lags = QUANTILES.map((quantile) => ({
    series: catalogue.gauge('eventLoopLag', { quantile: String(quantile) }),
    percentile: quantile * 100,
  }));
  catalogue.beforeReading('eventLoopLag', () => {
    // Asked again at once, it has seen nothing yet, and what it told before still holds.
    if (delay.count === 0) return;
    for (const { series, percentile } of lags) {
      series.set(Math.max(0, delay.percentile(percentile) / NS_PER_MS - RESOLUTION_MS) / MS_PER_SECOND);
    }
    delay.reset();
  });
}
