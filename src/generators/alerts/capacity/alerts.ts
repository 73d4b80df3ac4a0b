import type { Capacity, Severity } from '../../../config/Config.js';
import type { PlainAlert } from '../plainAlert.js';
import { RATIO } from '../units.js';
import { CAPACITY_RECORDS } from './records.js';
import { daysTests, inFlightTests, usedTests } from './tests.js';

const { used, peak, daysLeft, inFlight } = CAPACITY_RECORDS;

/** A trend of less than this many days is none, and below this share of the limit it is nobody's worry. */
const HISTORY_DAYS = 3;
const WORTH_KNOWING = 0.3;

/** What is the matter now. */
export function presentAlerts(capacity: Capacity): readonly PlainAlert[] {
  return [usedAlert(capacity, 'warning'), usedAlert(capacity, 'critical'), inFlightAlert(capacity)];
}

/** What will be the matter. */
export function trendAlerts(capacity: Capacity): readonly PlainAlert[] {
  return [daysAlert(capacity)];
}

function usedAlert(capacity: Capacity, severity: Severity): PlainAlert {
  const bound = capacity.used[severity];
  return {
    alert: 'AICapacityUsed',
    severity,
    expr: `${used} > ${bound}`,
    for: '2m',
    keepFiringFor: '5m',
    value: RATIO.template,
    by: ['provider', 'model'],
    summary: ({ label }) =>
      `${label('model')} is near its limit of ${label('kind')}: more than ${RATIO.writeBound(bound)} is used`,
    description: ({ label, value }) =>
      `${value} of the ${label('kind')} a minute that ${label('provider')} allows for ${label('model')} are used; the threshold is ${RATIO.writeBound(bound)}. Above 100% calls are refused.`,
    firesWhen: `requests or tokens a minute are above ${RATIO.writeBound(bound)} of the limit`,
    tests: usedTests(capacity, severity),
  };
}

function daysAlert({ daysLeft: days }: Capacity): PlainAlert {
  return {
    alert: 'AICapacityShort',
    severity: 'warning',
    expr: [`${daysLeft} < ${days}`, `${peak} > ${WORTH_KNOWING}`, `${peak} offset ${HISTORY_DAYS}d`].join('\nand\n'),
    for: '1h',
    keepFiringFor: '1h',
    value: '{{ printf "%.0f" $value }}',
    by: ['provider', 'model'],
    summary: ({ label }) => `${label('model')} will reach its limit of ${label('kind')} within ${days} days`,
    description: ({ label, value }) =>
      `By the trend of the last week, the daily peak of ${label('kind')} a minute for ${label('model')} at ${label('provider')} reaches the limit in ${value} days. Raising a limit takes time.`,
    firesWhen: `the daily peak reaches the limit within ${days} days, by the trend of the last week`,
    minimum: `${HISTORY_DAYS} days of history, a peak above ${RATIO.writeBound(WORTH_KNOWING)}`,
    tests: daysTests(days),
  };
}

function inFlightAlert(capacity: Capacity): PlainAlert {
  const { factor, minimum } = capacity.inFlight;
  return {
    alert: 'AIInFlightPileUp',
    severity: 'warning',
    expr: `${inFlight} > ${factor} * avg_over_time(${inFlight}[1h] offset 5m)\nand\n${inFlight} >= ${minimum}`,
    for: '2m',
    keepFiringFor: '2m',
    value: '{{ $value }}',
    by: ['provider', 'model'],
    summary: ({ label }) => `Calls to ${label('model')} pile up`,
    description: ({ label, value }) =>
      `${value} calls to ${label('model')} at ${label('provider')} are in flight, more than ${factor} times as many as in the hour before. Calls come faster than answers.`,
    firesWhen: `more than ${factor} times as many calls are in flight as in the hour before`,
    minimum: `calls in flight: ${minimum}`,
    tests: inFlightTests(capacity),
  };
}
