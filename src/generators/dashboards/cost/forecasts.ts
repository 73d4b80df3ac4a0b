import type { Queries } from '../queries.js';
import type { Query } from '../styles/query.js';

const DAY = 86_400;

/** Seconds until the month ends, by UTC. */
const LEFT = `(days_in_month() - day_of_month() + 1) * ${DAY} - time() % ${DAY}`;

const PACES = [
  { window: '1h', legend: 'as in the last hour' },
  { window: '1d', legend: 'as in the last day' },
  { window: '7d', legend: 'as in the last week' },
] as const;

/** What is spent of the month, and the rest of it at each pace. */
export function forecasts(q: Queries): readonly Query[] {
  const { text: spent } = q.usdShown();
  return PACES.map(({ window, legend }) => ({
    vector: { text: `${spent}\n+\n${q.usdPerSecond(window).text} * on () (${LEFT})`, labels: [] },
    legend,
  }));
}
