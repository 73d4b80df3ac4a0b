import { greatest } from '../../promql/functions.js';
import { is, oneOf } from '../../promql/match.js';
import { select } from '../../promql/select.js';
import { rate, sum, value, type Vector } from '../../promql/vector.js';
import { onlyChosen } from '../variables.js';

/** Limits hold for a model, whoever calls it: what is narrowed by an application would look too small beside them. */
const BY = ['provider', 'model'] as const;
type By = (typeof BY)[number];

export const KINDS = ['requests', 'tokens'] as const;
export type Kind = (typeof KINDS)[number];

const SECONDS_PER_MINUTE = 60;
const DAY = 86_400;
const YEAR = 365 * DAY;
const MILLISECONDS = 1000;

const chosen = onlyChosen(BY);
const PARTS = oneOf(['prompt', 'completion']);

/** HTTP attempts, or tokens, a minute: the API counts attempts, retries included. */
export function perMinute(kind: Kind, window: string): Vector<By> {
  const counter =
    kind === 'requests'
      ? sum(rate(select('attempts', {}, chosen), window), BY)
      : sum(rate(select('tokens', { token_type: PARTS }, chosen), window), BY);
  return { text: `${counter.text} * ${SECONDS_PER_MINUTE}`, labels: BY };
}

/** What the API allows a minute. */
export function limit(kind: Kind): Vector<By> {
  return greatest(value(select('rateLimit', { kind: is(kind) }, chosen)), BY);
}

/** Demand as a share of the limit, only where there is one. */
export function used(kind: Kind, window: string): Vector<By> {
  return { text: `${perMinute(kind, window).text} / (${limit(kind).text} > 0)`, labels: BY };
}

/** The busiest five minutes of the last day; the present, until there is a past. */
export function peak(kind: Kind): Vector<By> {
  return {
    text: `(\nmax_over_time((${perMinute(kind, '5m').text})[1d:5m])\nor\n${perMinute(kind, '5m').text}\n)`,
    labels: BY,
  };
}

/**
 * The moment, in milliseconds since 1970, at which the busiest five minutes of a day meet the limit if load goes on
 * growing as it did in the last week. 0 where it does not grow, or not that far within a year.
 */
export function metOn(kind: Kind): Vector<By> {
  return {
    text: `(time() + ${secondsLeft(kind)} < time() + ${YEAR}) * ${MILLISECONDS}\nor\n0 * ${limit(kind).text}`,
    labels: BY,
  };
}

/** Days until then; none where it is not within a year. */
export function daysLeft(kind: Kind): Vector<By> {
  return { text: `(${secondsLeft(kind)} < ${YEAR}) / ${DAY}`, labels: BY };
}

function secondsLeft(kind: Kind): string {
  const growth = `deriv((${perMinute(kind, '1h').text})[7d:1h])`;
  return `(${limit(kind).text} - ${peak(kind).text}) / (${growth} > 0)`;
}
