import type { Config, Severity, Slo } from '../../../config/Config.js';
import { durationSeconds } from '../../promql/duration.js';
import { is, matcherText } from '../../promql/match.js';
import type { AlertAnnotations, AlertRule } from '../AlertGroup.js';
import { dashboardUrl, runbookUrl } from '../links.js';
import { RATIO, SECONDS } from '../units.js';
import { badRatioRecord, eventsRecord, SLO_RECORDS } from './names.js';
import { EVALUATION_SECONDS } from './records.js';

export const BUDGET_BURN = 'AIErrorBudgetBurn';

type Burn = Slo['burns'][number];

/** A page for a budget that is gone in hours or days, a ticket for one that does not last the period. */
export function alertsOf(config: Config, slo: Slo): readonly AlertRule[] {
  return (['critical', 'warning'] as const).map((severity) => alertRule(config, slo, severity));
}

function alertRule(config: Config, slo: Slo, severity: Severity): AlertRule {
  const burns = burnsAt(slo, severity);
  return {
    alert: BUDGET_BURN,
    expr: burns.map((burn) => `(\n${condition(slo, burn)}\n)`).join('\nor\n'),
    // The short windows do what `for` would, without its delay.
    for: '0s',
    labels: { severity, slo: slo.name },
    annotations: annotationsOf(config, slo, severity, RATIO.template),
    words: {
      firesWhen: `the budget of the objective ${slo.name} burns ${burns.map(inWords).join(', or ')}`,
      minimum: `${slo.minimumRequests} ${EVENTS[slo.kind]}, ${slo.minimumFailures} of them bad, in the long window; time without data counts as good`,
    },
  };
}

export function burnsAt({ burns }: Slo, severity: Severity): readonly Burn[] {
  return burns.filter((burn) => burn.severity === severity);
}

/**
 * The long window shows that it matters, the short one that it still goes on. Where the long window is not full yet, on
 * a new stack or after a gap, the time without data counts as time of as many calls, all of them good: ten minutes of
 * failures have not used up what three days allow. A full window has the numbers of sloth.
 */
function condition(slo: Slo, { short, long, bound }: Burn): string {
  const of = (record: string) => `${record}${matcherText({ slo: is(slo.name) })}`;
  const evaluations = durationSeconds(long) / EVALUATION_SECONDS;
  const full = `clamp_max(count_over_time(${of(SLO_RECORDS.events)}[${long}]) / ${evaluations}, 1)`;
  return [
    `${of(badRatioRecord(long))} > ${bound}`,
    `${of(badRatioRecord(long))} * ${full} > ${bound}`,
    `${of(badRatioRecord(short))} > ${bound}`,
    `${of(eventsRecord(long))} >= ${slo.minimumRequests}`,
    `${of(badRatioRecord(long))} * ${of(eventsRecord(long))} >= ${slo.minimumFailures}`,
  ]
    .map((part) => `  ${part}`)
    .join('\n  and\n');
}

export function annotationsOf(config: Config, slo: Slo, severity: Severity, value: string): AlertAnnotations {
  const burns = burnsAt(slo, severity);
  const allowed = RATIO.writeBound(1 - slo.objective);
  const pace = severity === 'critical' ? 'fast' : 'faster than it lasts';
  return {
    summary: `The error budget of ${slo.name} burns ${pace}`,
    description: `${value} of the ${EVENTS[slo.kind]}${scope(slo)} ${verdict(slo)}; over ${slo.period} the objective allows ${allowed}. It fires when the budget burns ${burns.map(inWords).join(', or ')}.`,
    runbook_url: runbookUrl(config, BUDGET_BURN),
    dashboard_url: dashboardUrl(config, encoded(slo.where)),
  };
}

const EVENTS = { availability: 'calls', latency: 'successful calls', firstToken: 'streams' };

function verdict({ kind, under }: Slo): string {
  if (kind === 'availability') return 'failed';
  const bound = SECONDS.writeBound(under);
  return kind === 'latency' ? `took longer than ${bound}` : `had no output within ${bound}`;
}

function scope({ where }: Slo): string {
  const parts = Object.entries(where).map(([label, value]) => `${label} ${escaped(value)}`);
  return parts.length === 0 ? '' : ` with ${parts.join(' and ')}`;
}

function inWords({ factor, short, long }: Burn): string {
  return `${factor} times as fast as it may over ${long} and still over ${short}`;
}

/** A braces pair would begin a template. */
function escaped(text: string): string {
  return text.replaceAll('{{', '{ {');
}

function encoded(where: Slo['where']): Record<string, string> {
  return Object.fromEntries(Object.entries(where).map(([label, value]) => [label, encodeURIComponent(value)]));
}
