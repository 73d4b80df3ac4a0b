import type { Fault } from './kinds.js';

export const INCIDENT_KINDS = ['latency', 'errors', 'cost'] as const;
export type IncidentKind = (typeof INCIDENT_KINDS)[number];

export const INCIDENT_SEVERITIES = ['warning', 'critical'] as const;
export type IncidentSeverity = (typeof INCIDENT_SEVERITIES)[number];

/** A fault that strikes some of the calls. */
export interface ChanceFault extends Fault {
  /** 0 to 1. */
  readonly probability: number;
  /** Only calls of these models; absent: all. */
  readonly models?: readonly string[] | undefined;
}

const always = (kind: Fault['kind'], value: number): readonly ChanceFault[] => [{ kind, value, probability: 1 }];

/**
 * The faults of each incident. With the traffic of traffic/mix.ts at its normal rate, and by the default thresholds:
 * - latency: chat calls take 2 s as a rule, so ×6 gives a p95 of about 20 s (warning is 10 s) and ×15 one beyond 45 s
 *   (critical is 30 s); first tokens go from 0.5 s to 3 s and 7.5 s, and from 0.9 s (gpt-5) to 13 s.
 * - errors: each fault strikes by itself, so 1 - 0.82 × 0.88 × 0.90 × 0.93 = 40 % of the calls fail (critical is 20 %)
 *   and 1 - 0.96 × 0.97 × 0.97 × 0.98 = 11 % (warning is 5 %).
 * - cost: gpt-4o spends about 2 USD/h as a rule, so ×25 gives 50 USD/h while it lasts and ×100 gives 200 USD/h; taken
 *   over 15 minutes, 5 minutes of it are about 17 USD/h (warning is 10) and 67 USD/h (critical is 50). A test does the
 *   sums with the real prices.
 */
export const INCIDENTS: Readonly<Record<IncidentKind, Readonly<Record<IncidentSeverity, readonly ChanceFault[]>>>> = {
  latency: { warning: always('slow', 6), critical: always('slow', 15) },
  errors: {
    warning: [
      { kind: '429', probability: 0.04 },
      { kind: '500', probability: 0.03 },
      { kind: '503', probability: 0.03 },
      { kind: 'cut', probability: 0.02 },
    ],
    critical: [
      { kind: '429', probability: 0.18 },
      { kind: '500', probability: 0.12 },
      { kind: '503', probability: 0.1 },
      { kind: 'cut', probability: 0.07 },
    ],
  },
  cost: { warning: always('cost', 25), critical: always('cost', 100) },
};
