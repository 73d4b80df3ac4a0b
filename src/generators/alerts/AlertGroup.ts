import type { Severity } from '../../config/Config.js';
import type { RecordingRule } from '../promql/recordingRule.js';

export interface AlertAnnotations {
  readonly summary: string;
  readonly description: string;
  readonly runbook_url: string;
  readonly dashboard_url: string;
}

/** `info` tells and wakes nobody; `none` is the Watchdog's, which is not about anything being wrong. */
export type AlertSeverity = Severity | 'info' | 'none';

/** An alert of Prometheus, and what docs/alerts.md says of it. */
export interface AlertRule {
  readonly alert: string;
  readonly expr: string;
  readonly for: string;
  /** For how long it keeps firing once its reason is gone, so that one incident is one alert. */
  readonly keep_firing_for?: string;
  readonly labels: { readonly severity: AlertSeverity } & Readonly<Record<string, string>>;
  readonly annotations: AlertAnnotations;
  /** When it fires, in words; and how much traffic it needs, where that matters. */
  readonly words: { readonly firesWhen: string; readonly minimum: string };
}

/** A series of a rule test, in promtool's notation. */
export interface InputSeries {
  readonly series: string;
  readonly values: string;
}

/** What promtool must find at one moment. */
export interface Expectation {
  readonly eval_time: string;
  readonly alertname: string;
  readonly exp_alerts: readonly {
    readonly exp_labels: Readonly<Record<string, string>>;
    readonly exp_annotations: AlertAnnotations;
  }[];
}

/** What an expression must come to at one moment. */
export interface ExpectedValues {
  readonly expr: string;
  readonly eval_time: string;
  readonly exp_samples: readonly { readonly labels: string; readonly value: number }[];
}

/** One unit test of promtool. */
export interface RuleTest {
  readonly name: string;
  /** Seconds between samples, and between evaluations unless `evaluation` says otherwise. */
  readonly interval: number;
  readonly evaluation?: number;
  readonly input_series: readonly InputSeries[];
  readonly alert_rule_test?: readonly Expectation[];
  readonly promql_expr_test?: readonly ExpectedValues[];
}

/** One file of rules: what is recorded, what alerts on it, and the tests of both. */
export interface AlertGroup {
  /** File name without its ending. */
  readonly name: string;
  /** Seconds between evaluations, where they are not Prometheus' own. */
  readonly interval?: number;
  readonly records: readonly RecordingRule[];
  /** Names of other groups whose records the rules of this one use, in the order in which they are evaluated. */
  readonly needs?: readonly string[];
  readonly alerts: readonly AlertRule[];
  readonly tests: readonly RuleTest[];
}
