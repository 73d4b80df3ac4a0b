import { z } from 'zod';
import { ratio } from './fields.js';

/** When the rate limits or the calls in flight are about to become a problem. */
export interface Capacity {
  /** Shares of the limit that requests or tokens a minute may use. */
  readonly used: { readonly warning: number; readonly critical: number };
  /** Days before the daily peak reaches the limit, by its trend. */
  readonly daysLeft: number;
  /** How many times more calls in flight than in the hour before are a pile-up, and how many it takes at least. */
  readonly inFlight: { readonly factor: number; readonly minimum: number };
}

const DEFAULTS: Capacity = {
  used: { warning: 0.8, critical: 0.95 },
  daysLeft: 14,
  inFlight: { factor: 4, minimum: 20 },
};

export const capacitySchema = z.strictObject({
  used: z.strictObject({ warning: ratio.optional(), critical: ratio.optional() }).optional(),
  daysLeft: z.int().min(1).max(365).optional(),
  inFlight: z
    .strictObject({ factor: z.number().gt(1).max(1000).optional(), minimum: z.int().min(1).max(100_000).optional() })
    .optional(),
});

export function normalizeCapacity(file: z.infer<typeof capacitySchema> = {}): Capacity {
  return {
    used: {
      warning: file.used?.warning ?? DEFAULTS.used.warning,
      critical: file.used?.critical ?? DEFAULTS.used.critical,
    },
    daysLeft: file.daysLeft ?? DEFAULTS.daysLeft,
    inFlight: {
      factor: file.inFlight?.factor ?? DEFAULTS.inFlight.factor,
      minimum: file.inFlight?.minimum ?? DEFAULTS.inFlight.minimum,
    },
  };
}
