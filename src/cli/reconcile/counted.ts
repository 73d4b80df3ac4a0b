import { METRICS } from '../../metrics/catalogue.js';
import { DAY_SECONDS, type Period } from './Period.js';
import type { Prometheus } from './Prometheus.js';

/** Calls by model or by reason; only those there were. */
export type CallCounts = Readonly<Record<string, number>>;

export interface Counted {
  /** US dollars of each day of the period; null for a day of which Prometheus has no data. */
  readonly days: readonly (number | null)[];
  /** Calls whose cost isn't known, by model. */
  readonly unpriced: CallCounts;
  /** Calls whose usage isn't known, by reason. */
  readonly usageMissing: CallCounts;
  /** Calls whose usage was estimated, by model. */
  readonly usageEstimated: CallCounts;
}

/**
 * What Promptmeter counted in a period. `increase` adds up what came before and after a restart of whoever counted. It
 * is asked for day by day: a query over weeks may read more samples than Prometheus allows.
 */
export async function fetchCounted(prometheus: Prometheus, provider: string, period: Period): Promise<Counted> {
  const selector = `{provider=${JSON.stringify(provider)}}`;
  const days: (number | null)[] = [];
  for (const day of period.days) {
    const end = new Date(day.getTime() + DAY_SECONDS * 1000);
    const [sum] = await prometheus.query(`sum(increase(${METRICS.cost.name}${selector}[1d]))`, end);
    days.push(sum === undefined || !Number.isFinite(sum.value) ? null : sum.value);
  }
  const calls = async (metric: string, label: string): Promise<CallCounts> => {
    const query = `sum by (${label}) (increase(${metric}${selector}[${period.days.length}d])) > 0.5`;
    const samples = await prometheus.query(query, period.until);
    return Object.fromEntries(samples.map(({ labels, value }) => [labels[label] ?? '', Math.round(value)]));
  };
  return {
    days,
    unpriced: await calls(METRICS.unpriced.name, 'model'),
    usageMissing: await calls(METRICS.usageMissing.name, 'reason'),
    usageEstimated: await calls(METRICS.usageEstimated.name, 'model'),
  };
}
