import { setTimeout as sleep } from 'node:timers/promises';
import { UsageError } from '../../errors.js';
import { startTraffic, type TrafficSummary } from '../../simulator/index.js';
import type { Io } from '../io.js';
import type { Duration } from './optionValues.js';
import { stopped } from './stopped.js';

export interface TrafficOptions {
  readonly baseUrl: string;
  readonly rate: number;
  /** The exporter that is told what users did. */
  readonly metricsUrl: string;
  readonly metricsToken: string | undefined;
  readonly seed: number;
  readonly for?: Duration;
  readonly json?: true;
}

const SUMMARY_EVERY_MS = 30_000;
const TRY_EVERY_MS = 1000;
const TRY_TIMEOUT_MS = 5000;
/** Never a real key: whatever the base URL is, simulated calls must not cost anybody money. */
const API_KEY = 'sk-simulated';

/** Waits for the base URL, then makes calls until told to stop. Prints what they came to. */
export async function simulateTraffic(options: TrafficOptions, io: Io): Promise<void> {
  const { baseUrl, rate, seed, metricsUrl, metricsToken } = options;
  if (!isWebUrl(baseUrl)) {
    throw new UsageError(
      `--base-url is ${baseUrl}; give an http:// or https:// URL such as http://127.0.0.1:8080/demo/v1`,
    );
  }
  if (!isWebUrl(metricsUrl)) {
    throw new UsageError(
      `${metricsUrl} is no exporter; give --metrics-url or PROMPTMETER_METRICS_URL a URL such as http://127.0.0.1:9464`,
    );
  }
  const stopping = new AbortController();
  const stop = stopped(io, options.for?.seconds).then(() => stopping.abort());
  if (!(await waitFor(baseUrl, io, stopping.signal))) return stop;

  const outcomes = { url: metricsUrl, token: metricsToken };
  const traffic = await startTraffic({ baseUrl, apiKey: API_KEY, seed, requestsPerSecond: rate, outcomes });
  io.stderr(`Calling ${baseUrl} about ${rate} times a second.`);
  const reports = setInterval(() => io.stderr(sentence(traffic.summary())), SUMMARY_EVERY_MS);
  await stop;
  clearInterval(reports);
  const summary = await traffic.stop();
  io.stdout(options.json === true ? JSON.stringify(summary) : sentence(summary));
}

/** False when it was told to stop before. */
async function waitFor(baseUrl: string, io: Io, signal: AbortSignal): Promise<boolean> {
  let said = false;
  while (!signal.aborted) {
    if (await answers(baseUrl, signal)) return true;
    if (!said) io.stderr(`Waiting for ${baseUrl} to answer.`);
    said = true;
    await sleep(TRY_EVERY_MS, undefined, { signal }).catch(() => undefined);
  }
  return false;
}

/** Asks with a call such as the traffic makes, so that no other model or operation shows up in the metrics. */
async function answers(baseUrl: string, signal: AbortSignal): Promise<boolean> {
  try {
    const response = await fetch(`${baseUrl.replace(/\/+$/, '')}/embeddings`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${API_KEY}`,
        'content-type': 'application/json',
        'x-promptmeter-app': 'batch',
        'x-promptmeter-feature': 'search',
      },
      body: JSON.stringify({ model: 'text-embedding-3-small', input: 'Is anybody there?' }),
      signal: AbortSignal.any([signal, AbortSignal.timeout(TRY_TIMEOUT_MS)]),
    });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}

const isWebUrl = (text: string): boolean => URL.canParse(text) && /^https?:/.test(text);

function sentence({ sent, succeeded, failed, left, skipped, inFlight, outcomes }: TrafficSummary): string {
  return `${sent} calls: ${succeeded} succeeded, ${failed} failed, ${left} broken off, ${inFlight} under way, ${skipped} left out; ${outcomes} outcomes told.`;
}
