import { setMaxListeners } from 'node:events';
import type OpenAI from 'openai';
import { MissingServiceError } from '../../errors.js';
import { Random } from '../Random.js';
import { makeCall } from './makeCall.js';
import { OutcomeTeller, type OutcomeTellerOptions } from './OutcomeTeller.js';
import { planCall } from './planCall.js';
import { dailyRhythm } from './rhythm.js';
import { userOutcome } from './userOutcome.js';

export interface TrafficOptions {
  /** Where the calls go, with the path that ends in /v1. */
  readonly baseUrl: string;
  readonly apiKey?: string;
  readonly seed?: number;
  /** The mean over a day; 3 unless told otherwise. */
  readonly requestsPerSecond?: number;
  /** Whether the rate follows the hours of the day; true unless told otherwise. */
  readonly dailyRhythm?: boolean;
  /** Calls at the same moment; above it a call is left out and counted as skipped. */
  readonly mostInFlight?: number;
  /** Where to tell what users did with the answers. Nothing is told without it. */
  readonly outcomes?: OutcomeTellerOptions | undefined;
  /** Stops the traffic when it aborts. */
  readonly signal?: AbortSignal;
}

export interface TrafficSummary {
  readonly sent: number;
  readonly succeeded: number;
  readonly failed: number;
  /** Broken off by the caller. */
  readonly left: number;
  /** Not made because too many were under way. */
  readonly skipped: number;
  /** Outcomes of users that the exporter took. */
  readonly outcomes: number;
  readonly inFlight: number;
}

export interface Traffic {
  summary(): TrafficSummary;
  /** Makes no more calls, breaks off those under way, and resolves when all have ended. */
  stop(): Promise<TrafficSummary>;
}

const MOST_IN_FLIGHT = 400;

/**
 * Calls the API as users would: each call comes when its time has come, whether or not earlier ones have been answered.
 * Throws a MissingServiceError when the package openai is not installed.
 */
export async function startTraffic(options: TrafficOptions): Promise<Traffic> {
  const { seed = 1, requestsPerSecond = 3, mostInFlight = MOST_IN_FLIGHT } = options;
  const client = await createClient(options);
  const random = new Random(seed, 'arrivals');
  const stopping = new AbortController();
  // Every call under way listens to it.
  setMaxListeners(0, stopping.signal);
  const inFlight = new Set<Promise<void>>();
  const counts = { sent: 0, succeeded: 0, failed: 0, left: 0, skipped: 0 };
  const teller = options.outcomes === undefined ? undefined : new OutcomeTeller(options.outcomes);
  let number = 0;
  let timer: NodeJS.Timeout | undefined;

  const send = async (): Promise<void> => {
    const current = number++;
    const plan = planCall(seed, current);
    const report = await makeCall(client, plan, stopping.signal);
    counts[report.outcome === 'success' ? 'succeeded' : report.outcome === 'error' ? 'failed' : 'left'] += 1;
    const { correlationId } = report;
    // No user waits for a batch, and none went away because the traffic ends.
    if (correlationId === undefined || plan.row.app === 'batch' || stopping.signal.aborted) return;
    const outcome = userOutcome(report, new Random(seed, 'outcome', current));
    if (outcome !== undefined) teller?.tell({ correlationId, outcome });
  };
  const arrive = (): void => {
    if (inFlight.size >= mostInFlight) counts.skipped += 1;
    else {
      counts.sent += 1;
      const call = send().finally(() => inFlight.delete(call));
      inFlight.add(call);
    }
    schedule();
  };
  const schedule = (): void => {
    const rate = requestsPerSecond * (options.dailyRhythm === false ? 1 : dailyRhythm(Date.now()));
    timer = setTimeout(arrive, random.exponential(1000 / rate));
  };
  const summary = (): TrafficSummary => ({
    ...counts,
    outcomes: teller?.told ?? 0,
    inFlight: inFlight.size,
  });
  const stop = async (): Promise<TrafficSummary> => {
    clearTimeout(timer);
    stopping.abort();
    await Promise.allSettled(inFlight);
    await teller?.settle();
    return summary();
  };

  schedule();
  options.signal?.addEventListener('abort', () => void stop(), { once: true });
  if (options.signal?.aborted === true) await stop();
  return { summary, stop };
}

/** The package is loaded only here, since who measures an application without simulating needs none. */
async function createClient({ baseUrl, apiKey = 'sk-simulated' }: TrafficOptions): Promise<OpenAI> {
  const { default: Client } = await import('openai').catch((cause: unknown) => {
    throw new MissingServiceError('the traffic is made with the package openai; install it with: npm install openai', {
      cause,
    });
  });
  return new Client({ baseURL: baseUrl, apiKey, logLevel: 'off', organization: null, project: null });
}
