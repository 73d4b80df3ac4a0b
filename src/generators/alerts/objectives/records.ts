import type { Slo } from '../../../config/Config.js';
import { durationSeconds } from '../../promql/duration.js';
import { is, matcherText } from '../../promql/match.js';
import type { RecordingRule } from '../../promql/recordingRule.js';
import { eventsOf } from './events.js';
import { KEPT_SECONDS } from './kept.js';
import { badRatioRecord, eventsRecord, SLO_RECORDS } from './names.js';
import { fixedRule } from './rule.js';

/** Seconds between evaluations: often enough for windows of 5 minutes, seldom enough for those of days. */
export const EVALUATION_SECONDS = 60;

const SHORT = '5m';

/**
 * Only the shortest window reads the series of the calls. The others add up what it came to, weighted by events, so
 * that a quiet night does not count as much as a busy day, and 30 days cost one series instead of thousands.
 */
export function recordsOf(slo: Slo): readonly RecordingRule[] {
  const { all, bad, inputs } = eventsOf(slo);
  const of = (record: string) => `${record}${matcherText({ slo: is(slo.name) })}`;
  const rule = fixedRule(slo);
  const over = (record: string, window: string) => `sum_over_time(${of(record)}[${window}])`;
  const longs = unique(slo.burns.map(({ long }) => long));
  const windows = unique([...slo.burns.map(({ short }) => short), ...longs]);
  const ratioOver = (window: string) => {
    if (window === SHORT) return `${of(SLO_RECORDS.badEvents)} / (${of(SLO_RECORDS.events)} > 0)`;
    const [all, each] = longs.includes(window)
      ? [of(eventsRecord(window)), ` * ${EVALUATION_SECONDS}`]
      : [over(SLO_RECORDS.events, window), ''];
    return `${over(SLO_RECORDS.badEvents, window)}${each} / (${all} > 0)`;
  };
  const budget = plain(1 - slo.objective);
  // On a new stack nothing was kept yet, and the last five minutes are all there is.
  const sinceKept = (kept: string, now: string) =>
    `${over(kept, slo.period)} * ${KEPT_SECONDS} or ${of(now)} * ${durationSeconds(SHORT)}`;
  return [
    ...inputs,
    rule(SLO_RECORDS.events, all.text),
    rule(SLO_RECORDS.badEvents, orNone(bad(of(SLO_RECORDS.events)).text, of(SLO_RECORDS.events))),
    rule(SLO_RECORDS.objective, `vector(${slo.objective})`),
    rule(SLO_RECORDS.periodDays, `vector(${Number.parseInt(slo.period, 10)})`),
    ...longs.map((window) => rule(eventsRecord(window), `${over(SLO_RECORDS.events, window)} * ${EVALUATION_SECONDS}`)),
    ...windows.map((window) => rule(badRatioRecord(window), ratioOver(window))),
    rule(SLO_RECORDS.burnRate, `${of(badRatioRecord('1h'))} / ${budget}`),
    rule(eventsRecord(slo.period), sinceKept(SLO_RECORDS.keptEvents, SLO_RECORDS.events)),
    rule(
      badRatioRecord(slo.period),
      `(${sinceKept(SLO_RECORDS.keptBadEvents, SLO_RECORDS.badEvents)})\n/ (${of(eventsRecord(slo.period))} > 0)`,
    ),
    rule(SLO_RECORDS.budgetLeft, `1 - ${of(badRatioRecord(slo.period))} / ${budget}`),
  ];
}

/** No failed call yet is none, not unknown. */
function orNone(bad: string, events: string): string {
  return `(\n  ${bad.replaceAll('\n', '\n  ')}\n) or on () 0 * ${events}`;
}

function unique(windows: readonly string[]): readonly string[] {
  return [...new Set(windows)];
}

function plain(value: number): number {
  return Number(value.toPrecision(12));
}
