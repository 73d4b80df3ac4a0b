import type { Budget, Config } from '../../../config/Config.js';
import { is, matcherText } from '../../promql/match.js';
import type { AlertAnnotations, AlertRule, AlertSeverity } from '../AlertGroup.js';
import { dashboardUrl, runbookUrl } from '../links.js';
import { RATIO } from '../units.js';
import { BUDGET_RECORDS } from './names.js';
import { PERIODS } from './periods.js';

export const BUDGET_USED = 'AIBudgetUsed';
export const BUDGET_FORECAST = 'AIBudgetForecast';

/** Half of it is for information, all of it wakes someone. */
export const SHARES = [
  { share: 0.5, severity: 'info' },
  { share: 0.8, severity: 'warning' },
  { share: 1, severity: 'critical' },
] as const satisfies readonly { readonly share: number; readonly severity: AlertSeverity }[];

/** Evaluations that a forecast needs: less than an hour says nothing of a month. */
const HISTORY = 60;
export const FORECAST_WAIT_MINUTES = 15;

export function alertsOf(config: Config, budget: Budget): readonly AlertRule[] {
  return [
    ...SHARES.map(({ share, severity }) => usedRule(config, budget, share, severity)),
    forecastRule(config, budget),
  ];
}

function usedRule(config: Config, budget: Budget, share: number, severity: AlertSeverity): AlertRule {
  return {
    alert: BUDGET_USED,
    expr: `${of(budget, BUDGET_RECORDS.used)} >= ${share}`,
    for: '0s',
    labels: labelsOf(budget, severity),
    annotations: usedAnnotations(config, budget, share, RATIO.template),
    words: { firesWhen: `${RATIO.writeBound(share)} of the ${inWords(budget)} are spent`, minimum: '' },
  };
}

/** Fires when the budget does not last even at the slower of the two paces, and is not spent yet. */
function forecastRule(config: Config, budget: Budget): AlertRule {
  const { forecastLow, spent, spending } = BUDGET_RECORDS;
  const { long } = PERIODS[budget.period];
  const high = `{{ with query ${JSON.stringify(of(budget, BUDGET_RECORDS.forecastHigh))} }}{{ . | first | value | printf "%.2f" }}{{ end }}`;
  return {
    alert: BUDGET_FORECAST,
    expr: [
      `${of(budget, forecastLow)} > ${budget.usd}`,
      `${of(budget, spent)} < ${budget.usd}`,
      `count_over_time(${of(budget, spending)}[${long}]) >= ${HISTORY}`,
    ].join('\nand\n'),
    for: `${FORECAST_WAIT_MINUTES}m`,
    labels: labelsOf(budget, 'warning'),
    annotations: forecastAnnotations(config, budget, '{{ $value | printf "%.2f" }}', high),
    words: {
      firesWhen: `the ${inWords(budget)} will be exceeded before the period ends, at the slower pace of the last ${PERIODS[budget.period].recent} and ${long} too`,
      minimum: 'an hour of history',
    },
  };
}

export function labelsOf({ name, period }: Budget, severity: AlertSeverity) {
  return { severity, budget: name, period };
}

export function usedAnnotations(config: Config, budget: Budget, share: number, used: string): AlertAnnotations {
  const { word } = PERIODS[budget.period];
  return {
    summary: `${share === 1 ? 'The' : `More than ${RATIO.writeBound(share)} of the`} ${inWords(budget)} ${share === 1 ? 'is spent' : 'are spent'}`,
    description: `${used} of the $${budget.usd} for ${word} are spent. Calls without a known price or usage are not in it.`,
    runbook_url: runbookUrl(config, BUDGET_USED),
    dashboard_url: dashboardUrl(config, encoded(budget)),
  };
}

export function forecastAnnotations(config: Config, budget: Budget, low: string, high: string): AlertAnnotations {
  const { recent, long, word } = PERIODS[budget.period];
  return {
    summary: `The ${inWords(budget)} will not last`,
    description: `At the pace of the last ${recent} and the last ${long}, ${word} will cost between $${low} and $${high}; the budget is $${budget.usd}.`,
    runbook_url: runbookUrl(config, BUDGET_FORECAST),
    dashboard_url: dashboardUrl(config, encoded(budget)),
  };
}

function inWords({ name, period, usd }: Budget): string {
  return `${period} budget ${name} of $${usd}`;
}

function of({ name, period }: Budget, record: string): string {
  return `${record}${matcherText({ budget: is(name), period: is(period) })}`;
}

function encoded({ where }: Budget): Record<string, string> {
  return Object.fromEntries(Object.entries(where).map(([label, value]) => [label, encodeURIComponent(value)]));
}
