import type { Config } from '../../config/Config.js';
import type { AlertAnnotations } from './AlertGroup.js';
import { dashboardUrl, runbookUrl } from './links.js';
import type { Signal } from './Signal.js';
import type { ThresholdScope } from './thresholdScopes.js';

/** What the annotations name: templates in a rule, plain values in its test. */
export interface Named {
  readonly label: (name: string) => string;
  /** A label as it stands in a URL. */
  readonly encoded: (name: string) => string;
  readonly value: string;
}

export function thresholdAnnotations(
  config: Config,
  signal: Signal,
  { threshold, by }: ThresholdScope,
  bound: number,
  { label, encoded, value }: Named,
): AlertAnnotations {
  const [, , slice] = by;
  const model = label('model');
  const wording = {
    provider: label('provider'),
    model: slice === undefined ? model : `${model} (${slice} ${label(slice)})`,
    extra: signal.extra === undefined ? '' : label(signal.extra.label),
    value,
    bound: signal.unit.writeBound(bound),
    window: threshold.window,
  };
  return {
    summary: signal.summary(wording),
    description: signal.description(wording),
    runbook_url: runbookUrl(config, signal.alert),
    dashboard_url: dashboardUrl(config, Object.fromEntries(by.map((name) => [name, encoded(name)]))),
  };
}
