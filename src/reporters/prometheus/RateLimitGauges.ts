import {
  RATE_LIMIT_KINDS,
  readLimits,
  type RateLimit,
  type RateLimitKind,
  type ToldLimits,
} from '../../call/attempt.js';
import type { Writable } from '../../monitor/Writable.js';
import type { Catalogue } from './Catalogue.js';
import type { GaugeSeries } from './series.js';

type LimitField = keyof RateLimit;

const FIELDS = ['limit', 'remaining', 'resetSeconds'] as const satisfies readonly LimitField[];
const GAUGES = { limit: 'rateLimit', remaining: 'rateLimitRemaining', resetSeconds: 'rateLimitReset' } as const;

/** The rate limits of one provider and model as they were told last. What no answer told is absent, never 0. */
export class RateLimitGauges {
  readonly #gauges = new Map<string, GaugeSeries>();
  #told: ToldLimits[] = [];

  constructor(
    private readonly catalogue: Catalogue,
    private readonly labels: { readonly provider: string; readonly model: string },
  ) {}

  /** Takes what an answer told, which counts once `settle` is called. Returns whether it is the first since then. */
  tell(limits: ToldLimits): boolean {
    return this.#told.push(limits) === 1;
  }

  /** Sets each gauge to what was told of it last. Reads no more of the answers than that takes. */
  settle(): void {
    const told = this.#told;
    this.#told = [];
    const last: Record<RateLimitKind, Writable<RateLimit>> = { requests: {}, tokens: {} };
    let unknown = RATE_LIMIT_KINDS.length * FIELDS.length;
    for (let at = told.length - 1; at >= 0 && unknown > 0; at -= 1) {
      const limits = readLimits(told[at]);
      for (const kind of RATE_LIMIT_KINDS) {
        for (const field of FIELDS) {
          const value = limits?.[kind]?.[field];
          if (value === undefined || !Number.isFinite(value) || last[kind][field] !== undefined) continue;
          last[kind][field] = value;
          unknown -= 1;
          this.#gauge(field, kind).set(value);
        }
      }
    }
  }

  #gauge(field: LimitField, kind: RateLimitKind): GaugeSeries {
    const key = `${field} ${kind}`;
    let gauge = this.#gauges.get(key);
    if (gauge === undefined) {
      gauge = this.catalogue.gauge(GAUGES[field], { ...this.labels, kind });
      this.#gauges.set(key, gauge);
    }
    return gauge;
  }
}
