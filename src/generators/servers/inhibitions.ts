import { TARGET_DOWN } from '../alerts/targets.js';

/**
 * What makes two alerts about the same thing: the name, and every label by which alerts are told apart. One that
 * neither has is equal.
 */
function sameThing(attributionLabels: readonly string[]): readonly string[] {
  return [
    'alertname',
    'provider',
    'model',
    'operation',
    'error_type',
    'kind',
    'slo',
    'budget',
    'period',
    ...attributionLabels,
  ];
}

/** Which alerts keep others quiet. */
export function inhibitions(attributionLabels: readonly string[]): readonly object[] {
  const equal = sameThing(attributionLabels);
  return [
    { source_matchers: ['severity="critical"'], target_matchers: ['severity=~"warning|info"'], equal },
    { source_matchers: ['severity="warning"'], target_matchers: ['severity="info"'], equal },
    // When nothing reports at all, alerts on old numbers are wrong.
    {
      source_matchers: [`alertname="${TARGET_DOWN}"`, 'severity="critical"'],
      target_matchers: ['alertname=~"AI.+|PromptmeterNoTraffic"'],
    },
  ];
}
