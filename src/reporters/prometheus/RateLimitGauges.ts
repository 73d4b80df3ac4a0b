import { RATE_LIMIT_KINDS, readLimits, type RateLimit, type ToldLimits } from '../../call/attempt.js';
import type { Catalogue } from './Catalogue.js';
import { getOrAdd } from './getOrAdd.js';
import type { GaugeSeries } from './series.js';

const FIELDS = ['limit', 'remaining', 'resetSeconds'] as const satisfies readonly (keyof RateLimit)[];
const GAUGES = { limit: 'rateLimit', remaining: 'rateLimitRemaining', resetSeconds: 'rateLimitReset' } as const;
const ALL = RATE_LIMIT_KINDS.length * FIELDS.length;

/** The rate limits of one provider and model as they were told last. What no answer told is absent, never 0. */
export class RateLimitGauges {
  #told: ToldLimits[] = [];
  readonly #gauges = new Map<string, GaugeSeries>();

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
    const known = new Set<GaugeSeries>();
    for (let at = told.length - 1; at >= 0 && known.size < ALL; at -= 1) {
      const limits = readLimits(told[at]);
      for (const kind of RATE_LIMIT_KINDS) {
        for (const field of FIELDS) {
          const value = limits?.[kind]?.[field];
          if (value === undefined || !Number.isFinite(value)) continue;
          const gauge = getOrAdd(this.#gauges, `${kind} ${field}`, () =>
            this.catalogue.gauge(GAUGES[field], { ...this.labels, kind }),
          );
          if (known.has(gauge)) continue;
          known.add(gauge);
          gauge.set(value);
        }
      }
    }
  }
}
