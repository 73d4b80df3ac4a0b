import { METRICS } from '../metrics/catalogue.js';
import type { MetricReading } from './ports.js';

type ByModel<T> = Readonly<Record<string, T>>;

/** What /metrics/ai shows: totals since this process began, by model. */
export interface AIMetrics {
  /** Calls that ended, in all and by status. */
  readonly requestCounts: ByModel<Readonly<Record<string, number>>>;
  /** Mean milliseconds from start to end; null when no call ended. */
  readonly avgDuration: ByModel<number | null>;
  /** Tokens by type: prompt, completion, total. */
  readonly tokenUsage: ByModel<Readonly<Record<string, number>>>;
  /** US dollars of the calls that could be priced, null when none could; and how many calls have no known price. */
  readonly cost: ByModel<{ readonly usd: number | null; readonly unpricedRequests: number }>;
  /** Calls that did not succeed, by error type; only types that occurred. */
  readonly errors: ByModel<Readonly<Record<string, number>>>;
  /** Mean milliseconds to the first token of streams; null when no stream had one. */
  readonly timeToFirstToken: ByModel<number | null>;
}

type Line = Pick<MetricReading['values'][number], 'labels' | 'value'>;

/** Makes the view of /metrics/ai from what a registry reads out. */
export function aiMetrics(readings: readonly MetricReading[]): AIMetrics {
  const lines = linesOf(readings);
  const models = [...(lines.get(METRICS.requests.name)?.keys() ?? [])].sort();
  const of = (name: string, model: string): readonly Line[] => lines.get(name)?.get(model) ?? [];
  const each = <T>(valueOf: (model: string) => T): ByModel<T> =>
    Object.fromEntries(models.map((model) => [model, valueOf(model)]));
  const mean = (name: string, model: string): number | null => {
    const count = sum(of(`${name}_count`, model));
    return count === 0 ? null : sum(of(`${name}_sum`, model)) / count;
  };

  return {
    requestCounts: each((model) => {
      const requests = of(METRICS.requests.name, model);
      return { total: sum(requests), ...sumBy(requests, 'status') };
    }),
    avgDuration: each((model) => mean(METRICS.duration.name, model)),
    tokenUsage: each((model) => sumBy(of(METRICS.tokens.name, model), 'token_type')),
    cost: each((model) => ({
      usd: costOf(of(METRICS.cost.name, model)),
      unpricedRequests: sum(of(METRICS.unpriced.name, model)),
    })),
    errors: each((model) => {
      const counts = Object.entries(sumBy(of(METRICS.errors.name, model), 'error_type'));
      return Object.fromEntries(counts.filter(([, count]) => count > 0));
    }),
    timeToFirstToken: each((model) => mean(METRICS.firstToken.name, model)),
  };
}

/** No line is no known cost, which is something else than a cost of 0. */
const costOf = (lines: readonly Line[]): number | null => (lines.length === 0 ? null : sum(lines));

const sum = (lines: readonly Line[]): number => lines.reduce((total, { value }) => total + value, 0);

function sumBy(lines: readonly Line[], label: string): Record<string, number> {
  const totals = new Map<string, number>();
  for (const { labels, value } of lines) {
    const key = String(labels[label] ?? '');
    totals.set(key, (totals.get(key) ?? 0) + value);
  }
  return Object.fromEntries(totals);
}

/** The lines by their metric's name, then by model. */
function linesOf(readings: readonly MetricReading[]): Map<string, Map<string, Line[]>> {
  const byName = new Map<string, Map<string, Line[]>>();
  for (const { name, values } of readings) {
    for (const { labels, value, metricName = name } of values) {
      const byModel = getOrAdd(byName, metricName, () => new Map<string, Line[]>());
      getOrAdd(byModel, String(labels['model'] ?? ''), () => []).push({ labels, value });
    }
  }
  return byName;
}

function getOrAdd<V>(map: Map<string, V>, key: string, make: () => V): V {
  const value = map.get(key) ?? make();
  map.set(key, value);
  return value;
}
