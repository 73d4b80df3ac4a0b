import type OpenAI from 'openai';
import { AIPerformanceMonitor } from '../src/monitor/AIPerformanceMonitor.js';
import { monitorOpenAI } from '../src/openai/monitorOpenAI.js';
import { createPriceBook } from '../src/pricing/createPriceBook.js';
import { PrometheusMetricsReporter } from '../src/reporters/PrometheusMetricsReporter.js';
import { freshSdk } from './sdk.js';

/** A client that is measured with every metric on: prices, attribution, rate limits. */
export function monitored(reporter = new PrometheusMetricsReporter()): OpenAI {
  return monitoredBy(new AIPerformanceMonitor({ metricsReporter: reporter, priceBook: createPriceBook() }));
}

export function monitoredBy(monitor: AIPerformanceMonitor): OpenAI {
  return monitorOpenAI(freshSdk().client, { monitor, attribution: { app: 'shop', feature: 'search' } });
}
