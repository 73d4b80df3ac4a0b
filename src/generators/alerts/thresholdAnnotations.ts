import type { Config } from '../../config/Config.js';
import type { AlertAnnotations } from './AlertGroup.js';
import { dashboardUrl, runbookUrl } from './links.js';
import type { Level, Signal } from './Signal.js';
import type { ThresholdScope } from './thresholdScopes.js';

/** What the annotations name: templates in a rule, plain values in its test. */
export interface Named {
  readonly provider: string;
  readonly model: string;
  readonly value: string;
  /** A label as it stands in a URL. */
  readonly encoded: (label: Level) => string;
}

export function thresholdAnnotations(
  config: Config,
  signal: Signal,
  { threshold }: ThresholdScope,
  bound: number,
  { encoded, ...named }: Named,
): AlertAnnotations {
  const wording = { ...named, bound: signal.unit.writeBound(bound), window: threshold.window };
  return {
    summary: signal.summary(wording),
    description: signal.description(wording),
    runbook_url: runbookUrl(config, signal.alert),
    dashboard_url: dashboardUrl(config, { provider: encoded('provider'), model: encoded('model') }),
  };
}

