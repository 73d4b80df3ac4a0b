import type { Config, Severity } from '../../config/Config.js';
import { matcherText } from '../promql/match.js';
import type { RecordingRule } from '../promql/recordingRule.js';
import type { AlertGroup, AlertRule } from './AlertGroup.js';
import { recordsFor } from './counted/pieces.js';
import { sharedAt } from './counted/plan.js';
import type { Signal } from './Signal.js';
import { thresholdAnnotations } from './thresholdAnnotations.js';
import { thresholdTests } from './thresholdTests.js';
import { boundsOf, thresholdScopes, valuesIn, type ThresholdScope } from './thresholdScopes.js';

/** The rules of one signal: what it and its traffic come to per provider and model, and an alert per severity and scope. */
export function thresholdGroup(config: Config, signal: Signal): AlertGroup {
  const scopes = thresholdScopes(config, signal.kind).filter(({ threshold }) => boundsOf(threshold).length > 0);
  return {
    name: signal.group,
    ...(signal.interval !== undefined && { interval: signal.interval }),
    records: scopes.flatMap((scope) => recordsOf(config, signal, scope)).filter(isFirst),
    alerts: scopes.flatMap((scope) =>
      boundsOf(scope.threshold).map(({ severity, bound }) => alertRule(config, signal, scope, severity, bound)),
    ),
    tests: scopes.flatMap((scope) => thresholdTests(config, signal, scope)),
  };
}

function recordsOf(
  config: Config,
  signal: Signal,
  { threshold: { window }, by }: ThresholdScope,
): readonly RecordingRule[] {
  return [
    ...recordsFor(signal.parts, window, by, valuesIn(config, by)),
    ...(signal.inputs?.(window, by) ?? []),
    { ...signal.traffic(window, by), shared: sharedAt(window) },
    signal.value(window, by),
  ];
}

/** Scopes that have the window and the labels in common share their records. */
function isFirst({ record }: RecordingRule, index: number, all: readonly RecordingRule[]): boolean {
  return all.findIndex((other) => other.record === record) === index;
}

function alertRule(
  config: Config,
  signal: Signal,
  scope: ThresholdScope,
  severity: Severity,
  bound: number,
): AlertRule {
  const { threshold, fixed, by } = scope;
  const escaped = Object.entries(fixed).map(([label, value]): [string, string] => [label, escapeTemplate(value)]);
  return {
    alert: signal.alert,
    expr: expression(signal, scope, bound),
    for: threshold.for,
    keep_firing_for: threshold.keepFiringFor,
    labels: { severity, ...Object.fromEntries(escaped) },
    annotations: thresholdAnnotations(config, signal, scope, bound, {
      label: (name) => `{{ $labels.${name} }}`,
      encoded: (name) => `{{ $labels.${name} | urlquery }}`,
      value: signal.unit.template,
    }),
    words: { firesWhen: firesWhen(signal, scope, bound), minimum: minimum(signal, scope, by) },
  };
}

function firesWhen({ title, unit, lessIsWorse }: Signal, { threshold, name }: ThresholdScope, bound: number): string {
  const side = lessIsWorse === true ? 'below' : 'above';
  const where = name === undefined ? '' : ` for ${name}`;
  return `${title} over ${threshold.window} is ${side} ${unit.writeBound(bound)}${where}`;
}

function minimum({ counted, fewest }: Signal, { threshold }: ThresholdScope, by: readonly string[]): string {
  const { minimumRequests, window } = threshold;
  const calls = minimumRequests === 0 ? [] : [`${counted} in ${window}: ${minimumRequests}`];
  const bad = fewest === undefined ? [] : [`of the bad kind: ${fewest}`];
  const slice = by.length > 2 ? [`by ${by.slice(2).join(' and ')}`] : [];
  return [...calls, ...bad, ...slice].join(', ');
}

function expression(signal: Signal, { threshold, matchers, by }: ThresholdScope, bound: number): string {
  const { window, minimumRequests } = threshold;
  const of = ({ record, labels }: RecordingRule) => ({ text: `${record}${matcherText(matchers)}`, labels });
  const side = signal.lessIsWorse === true ? '<' : '>';
  const breach = `${signal.inUnit(of(signal.value(window, by))).text} ${side} ${bound}`;
  const on = `on (${by.join(', ')})`;
  const traffic = of(signal.traffic(window, by)).text;
  const enough = minimumRequests === 0 ? [] : [`and ${on}`, `${traffic} >= ${minimumRequests}`];
  if (signal.fewest === undefined) return [breach, ...enough].join('\n');
  const value = of(signal.value(window, by)).text;
  const several = `${value} * ${on} group_left () ${traffic} >= ${signal.fewest}`;
  return [breach, ...enough, 'and', several].join('\n');
}

/** Label values are templates to Prometheus. */
function escapeTemplate(text: string): string {
  return text.replaceAll('{{', '{{ "{{" }}');
}
