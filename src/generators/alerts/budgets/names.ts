/** Names of what is recorded of every budget; the labels `budget` and `period` have its name and period. */
export const BUDGET_RECORDS = {
  /** What each process says that its calls have cost since it began, in US dollars. */
  reported: 'budget_period_job_instance:ai_cost_usd:sum',
  /** US dollars spent since the last evaluation. */
  spending: 'budget_period:ai_budget_spending_usd:delta',
  /** Start and end of the running period, in seconds since 1970. */
  start: 'budget_period:ai_budget_start:timestamp_seconds',
  end: 'budget_period:ai_budget_end:timestamp_seconds',
  /** US dollars spent since the period began. */
  spent: 'budget_period:ai_budget_spent_usd:sum',
  /** The budget in US dollars, and which share of it is spent: 1 is all. */
  limit: 'budget_period:ai_budget_limit_usd:value',
  used: 'budget_period:ai_budget_used:ratio',
  /** US dollars an hour over the last day and the last week (of a daily budget: the last hour and the last day). */
  recentPace: 'budget_period:ai_budget_recent_usd_per_hour:rate',
  longPace: 'budget_period:ai_budget_long_usd_per_hour:rate',
  /** US dollars at the end of the period, at the slower and at the faster of the two paces. */
  forecastLow: 'budget_period:ai_budget_forecast_low_usd:sum',
  forecastHigh: 'budget_period:ai_budget_forecast_high_usd:sum',
} as const;
