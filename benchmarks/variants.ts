import { join } from 'node:path';
import type OpenAI from 'openai';
import { AIPerformanceMonitor } from '../src/monitor/AIPerformanceMonitor.js';
import { monitorOpenAI } from '../src/openai/monitorOpenAI.js';
import { createPriceBook } from '../src/pricing/createPriceBook.js';
import { PrometheusMetricsReporter } from '../src/reporters/PrometheusMetricsReporter.js';
import { freshSdk, peerPackage } from './sdk.js';

export const BARE = 'bare openai';
export const OURS = 'Promptmeter';

export interface Variant {
  readonly name: string;
  readonly client: OpenAI;
}

/** A client that is measured with every metric on: prices, attribution, rate limits. */
export function monitored(reporter = new PrometheusMetricsReporter()): OpenAI {
  return monitoredBy(new AIPerformanceMonitor({ metricsReporter: reporter, priceBook: createPriceBook() }));
}

export function monitoredBy(monitor: AIPerformanceMonitor): OpenAI {
  return monitorOpenAI(freshSdk().client, { monitor, attribution: { app: 'shop', feature: 'search' } });
}

/** The bare client, ours, and those of the peers that are installed. */
export function variants(): readonly Variant[] {
  return [{ name: BARE, client: freshSdk().client }, { name: OURS, client: monitored() }, ...peers()];
}

type Attach = (module: object) => void;

function peers(): readonly Variant[] {
  const loaded = peerPackage(join(process.cwd(), 'benchmarks/peers/attach.cjs'));
  const attach = isRecord(loaded) && isRecord(loaded['attach']) ? Object.entries(loaded['attach']) : [];
  return attach.flatMap(([name, attachTo]): Variant[] => {
    if (!isAttach(attachTo)) return [];
    const { module, client } = freshSdk();
    attachTo(module);
    return [{ name, client }];
  });
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const isAttach = (value: unknown): value is Attach => typeof value === 'function';
