import type { Config, Severity } from '../../config/Config.js';
import { recorded } from '../promql/recordingRule.js';
import type { AlertGroup, AlertRule } from './AlertGroup.js';
import { LEVEL, type Signal } from './Signal.js';
import { thresholdAnnotations } from './thresholdAnnotations.js';
import { thresholdTests } from './thresholdTests.js';
import { boundsOf, thresholdScopes, type ThresholdScope } from './thresholdScopes.js';

/** The rules of one signal: what it and its traffic come to per provider and model, and an alert per severity and scope. */
export function thresholdGroup(config: Config, signal: Signal): AlertGroup {
  const scopes = thresholdScopes(config, signal.kind).filter(({ threshold }) => boundsOf(threshold).length > 0);
  const windows = [...new Set(scopes.map(({ threshold }) => threshold.window))].sort();
  return {
    name: signal.group,
    records: windows.flatMap((window) => [signal.value(window), signal.traffic(window)]),
    alerts: scopes.flatMap((scope) =>
      boundsOf(scope.threshold).map(({ severity, bound }) => alertRule(config, signal, scope, severity, bound)),
    ),
    tests: scopes.flatMap((scope) => thresholdTests(config, signal, scope)),
  };
}

function alertRule(config: Config, signal: Signal, scope: ThresholdScope, severity: Severity, bound: number): AlertRule {
  const { threshold, model } = scope;
  const minimum = threshold.minimumRequests;
  return {
    alert: signal.alert,
    expr: expression(signal, scope, bound),
    for: threshold.for,
    // The model's name, which the series carries anyway, keeps the alerts of two scopes apart for promtool's lint.
    labels: model === null ? { severity } : { severity, model: escapeTemplate(model) },
    annotations: thresholdAnnotations(config, signal, scope, bound, {
      provider: '{{ $labels.provider }}',
      model: '{{ $labels.model }}',
      value: signal.unit.template,
      encoded: (label) => `{{ $labels.${label} | urlquery }}`,
    }),
    words: {
      firesWhen: `${signal.title} over ${threshold.window} is above ${signal.unit.writeBound(bound)}${model === null ? '' : ` for ${model}`}`,
      minimum: minimum === 0 ? '' : `${signal.counted} in ${threshold.window}: ${minimum}`,
    },
  };
}

function expression({ value, inUnit, traffic }: Signal, { threshold, models }: ThresholdScope, bound: number): string {
  const breach = `${inUnit(recorded(value(threshold.window), models)).text} > ${bound}`;
  if (threshold.minimumRequests === 0) return breach;
  const enough = `${recorded(traffic(threshold.window), models).text} >= ${threshold.minimumRequests}`;
  return `${breach}\nand on (${LEVEL.join(', ')})\n${enough}`;
}

/** Label values are templates to Prometheus. */
function escapeTemplate(text: string): string {
  return text.replaceAll('{{', '{{ "{{" }}');
}
