import { Counter, Registry } from 'prom-client';
import { AIPerformanceMonitor } from '../src/monitor/AIPerformanceMonitor.js';
import { PrometheusMetricsReporter } from '../src/reporters/PrometheusMetricsReporter.js';
import { jsonCall } from './calls.js';
import type { Section } from './Section.js';
import { median, quantile, spread } from './statistics.js';
import { monitored } from './monitored.js';

const SERIES = 10_000;

/** What a scrape of 10,000 series costs, and what it does to the calls that go on meanwhile. */
export async function scrape(rounds: number): Promise<Section> {
  const reporter = await reporterOf(SERIES);
  const scrapers: readonly (readonly [string, () => Promise<unknown>])[] = [
    ['Promptmeter, text', () => reporter.scrape('text')],
    ['Promptmeter, OpenMetrics', () => reporter.scrape('openmetrics')],
    ['prom-client, the same series', () => reporter.registry.metrics()],
    ['prom-client, as many counters of its own', counters(SERIES)],
  ];
  const rows: string[][] = [];
  const cost = new Map<string, number>();
  for (const [name, run] of scrapers) {
    const processor = await repeat(rounds, () => processorTime(run));
    const longest = await repeat(rounds, () => longestTurn(run));
    cost.set(name, median(processor));
    rows.push([name, spread(processor, 1), spread(longest, 1)]);
  }
  const quiet = await latencies(rounds, undefined);
  const scraped = await latencies(rounds, reporter);
  const delay = quantile(scraped, 0.99) - quantile(quiet, 0.99);
  return {
    title: `Scrape of ${SERIES.toLocaleString('en')} series`,
    intro:
      'Milliseconds of processor time of a scrape, and the longest time for which nothing else got its turn: medians (and the middle half). Without HTTP.',
    head: ['written by', 'processor ms', 'longest turn ms'],
    rows,
    notes: [
      `A scrape takes ${(cost.get('Promptmeter, text') ?? NaN).toFixed(1)} ms of the event loop (target 20 ms).`,
      `99th percentile of calls: ${quantile(quiet, 0.99).toFixed(2)} ms without scrapes, ${quantile(scraped, 0.99).toFixed(2)} ms during scrapes without a pause, ${delay.toFixed(2)} ms more (target 10 ms).`,
    ],
  };
}

async function reporterOf(series: number): Promise<PrometheusMetricsReporter> {
  const reporter = new PrometheusMetricsReporter({ limits: { models: 1000, combinations: 10_000 } });
  const monitor = new AIPerformanceMonitor({ metricsReporter: reporter, priceBook: { cost: () => 0.001234 } });
  for (let model = 0; ; model += 1) {
    const context = { model: `model-${model}`, operation: 'chat', attribution: { app: 'shop' } } as const;
    const usage = { promptTokens: 100, completionTokens: 20, totalTokens: 120, details: {} };
    monitor.open(context).complete({ usage });
    monitor.openStream(context).complete({ usage });
    const lines = (await reporter.getMetrics()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    if (lines.length >= series) return reporter;
  }
}

function counters(series: number): () => Promise<unknown> {
  const registry = new Registry();
  const labelNames = ['provider', 'model', 'operation'];
  const counter = new Counter({ name: 'calls_total', help: 'Calls.', labelNames, registers: [registry] });
  for (let at = 0; at < series; at += 1) {
    counter.inc({ provider: 'openai', model: `model-${at}`, operation: 'chat' }, at);
  }
  return () => registry.metrics();
}

async function repeat(rounds: number, measure: () => Promise<number>): Promise<number[]> {
  const values: number[] = [];
  for (let round = -3; round < rounds; round += 1) {
    const value = await measure();
    if (round >= 0) values.push(value);
  }
  return values;
}

async function processorTime(run: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

async function longestTurn(run: () => Promise<unknown>): Promise<number> {
  let longest = 0;
  let done = false;
  let last = performance.now();
  const tick = (): void => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    if (!done) setImmediate(tick);
  };
  setImmediate(tick);
  await run();
  done = true;
  tick();
  return longest;
}

/** Milliseconds of calls; with a reporter, while it is scraped again and again. */
async function latencies(rounds: number, reporter: PrometheusMetricsReporter | undefined): Promise<number[]> {
  const client = monitored(reporter);
  const stop = new AbortController();
  const scraping = scrapeUntil(stop.signal, reporter);
  const values: number[] = [];
  for (let call = 0; call < rounds * 100; call += 1) {
    const before = performance.now();
    // A turn of the event loop, as a call over a network would take at least.
    await new Promise(setImmediate);
    await jsonCall(client);
    values.push(performance.now() - before);
  }
  stop.abort();
  await scraping;
  return values;
}

async function scrapeUntil(signal: AbortSignal, reporter: PrometheusMetricsReporter | undefined): Promise<void> {
  while (!signal.aborted) {
    await reporter?.scrape('text');
    await new Promise(setImmediate);
  }
}
