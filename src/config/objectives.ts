import { z } from 'zod';
import { burnsOf, type Burn } from './burns.js';
import { durationSchema, seconds } from './duration.js';
import { name, ratio, where, type Where } from './fields.js';

const DAY = 86_400;
const DEFAULT_PERIOD = '30d';
const DEFAULT_MINIMUM_REQUESTS = 50;
const DEFAULT_MINIMUM_FAILURES = 5;

/** Bounds of the histograms' buckets, in seconds: how many calls stayed below any other time is not known. */
export const LATENCY_BOUNDS = [0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600] as const;
export const FIRST_TOKEN_BOUNDS = [0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 120] as const;

export type SloKind = 'availability' | 'latency' | 'firstToken';

/** One objective with its defaults filled in. */
export interface Slo {
  readonly name: string;
  /** The share of events that must be good. */
  readonly objective: number;
  readonly kind: SloKind;
  /** Seconds within which an event is good; 0 for availability. */
  readonly under: number;
  readonly period: string;
  readonly where: Where;
  /** Events in the long window of an alert below which it keeps silent. */
  readonly minimumRequests: number;
  /** Bad events in the long window of an alert below which it keeps silent. */
  readonly minimumFailures: number;
  readonly burns: readonly Burn[];
}

const ONE_KIND = 'an objective is of one kind: keep either latencyUnder or firstTokenUnder';

/** Without `latencyUnder` and `firstTokenUnder` the objective is about calls that don't fail. */
export const objectiveSchema = z
  .strictObject({
    name,
    objective: ratio,
    latencyUnder: oneOfBounds(LATENCY_BOUNDS).optional(),
    firstTokenUnder: oneOfBounds(FIRST_TOKEN_BOUNDS).optional(),
    period: durationSchema.refine(isPeriod, 'a whole number of days from 7d to 90d is allowed').optional(),
    where: where.optional(),
    minimumRequests: z.int().min(0).max(1_000_000).optional(),
    minimumFailures: z.int().min(1).max(1_000_000).optional(),
  })
  .refine((file) => file.latencyUnder === undefined || file.firstTokenUnder === undefined, ONE_KIND);

export function normalizeObjective(file: z.infer<typeof objectiveSchema>): Slo {
  const { objective, latencyUnder, firstTokenUnder } = file;
  const days = seconds(file.period ?? DEFAULT_PERIOD) / DAY;
  const period = `${days}d`;
  const under = latencyUnder ?? firstTokenUnder;
  return {
    name: file.name,
    objective,
    kind: latencyUnder !== undefined ? 'latency' : firstTokenUnder !== undefined ? 'firstToken' : 'availability',
    under: under === undefined ? 0 : seconds(under),
    period,
    where: file.where ?? {},
    minimumRequests: file.minimumRequests ?? DEFAULT_MINIMUM_REQUESTS,
    minimumFailures: file.minimumFailures ?? DEFAULT_MINIMUM_FAILURES,
    burns: burnsOf(objective, period),
  };
}

function isPeriod(text: string): boolean {
  const days = seconds(text) / DAY;
  return Number.isInteger(days) && days >= 7 && days <= 90;
}

function oneOfBounds(bounds: readonly number[]) {
  const allowed = `the histogram tells only these apart: ${bounds.map(duration).join(', ')}`;
  return durationSchema.refine((text) => bounds.includes(seconds(text)), allowed);
}

function duration(value: number): string {
  if (value < 1) return `${value * 1000}ms`;
  return value % 60 === 0 ? `${value / 60}m` : `${value}s`;
}
