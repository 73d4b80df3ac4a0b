import type { Queries } from '../queries.js';
import { RATE, type Query } from '../styles/query.js';

const DAY = 86_400;

/** Seconds until the month ends, by UTC. */
const LEFT = `(days_in_month() - day_of_month() + 1) * ${DAY} - time() % ${DAY}`;

const PACES = [
  { window: '1h', step: '1m', legend: 'last hour' },
  { window: '1d', step: '5m', legend: 'last day' },
  { window: '7d', step: '15m', legend: 'last week' },
] as const;

/**
 * What is spent of the month, and the rest of it at each pace: the mean over those times of the window that were
 * measured, so that a Prometheus of yesterday does not make a week look cheap.
 */
export function forecasts(q: Queries): readonly Query[] {
  const { text: spent } = q.usdShown();
  return PACES.map(({ window, step, legend }) => {
    const pace = `avg_over_time((${q.usdPerSecond(step).text})[${window}:${step}]) or ${q.usdPerSecond(RATE).text}`;
    return { vector: { text: `${spent}\n+\n(${pace}) * on () (${LEFT})`, labels: [] }, legend };
  });
}
