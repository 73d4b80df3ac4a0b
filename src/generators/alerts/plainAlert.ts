import type { Config } from '../../config/Config.js';
import type { AlertAnnotations, AlertRule, AlertSeverity, Expectation, InputSeries, RuleTest } from './AlertGroup.js';
import { dashboardUrl, runbookUrl } from './links.js';
import { firing } from './testing.js';
import { urlquery } from './urlquery.js';

/** What texts name: templates in a rule, plain values in its test. */
export interface Texts {
  readonly label: (name: string) => string;
  readonly value: string;
}

/** A moment of a rule test, and the alerts that fire then, by the labels that their series carry. */
export interface Look {
  readonly at: string;
  readonly fires: readonly { readonly labels: Readonly<Record<string, string>>; readonly value?: string }[];
}

export interface PlainTest {
  readonly name: string;
  /** Seconds between samples. */
  readonly interval: number;
  readonly series: readonly InputSeries[];
  readonly looks: readonly Look[];
  /** True where another alert of the same name may fire as well, so that only those of this severity are counted. */
  readonly counts?: true;
}

/** An alert with an expression of its own, described as data. */
export interface PlainAlert {
  readonly alert: string;
  readonly severity: AlertSeverity;
  readonly expr: string;
  readonly for: string;
  readonly keepFiringFor?: string;
  /** Prometheus template of the value, where texts name it. */
  readonly value?: string;
  /** Labels that narrow the dashboard. */
  readonly by?: readonly string[];
  readonly summary: (texts: Texts) => string;
  readonly description: (texts: Texts) => string;
  readonly firesWhen: string;
  readonly minimum?: string;
  readonly tests: readonly PlainTest[];
}

export function plainRule(config: Config, plain: PlainAlert): AlertRule {
  const { alert, expr, severity, keepFiringFor, firesWhen, minimum = '' } = plain;
  return {
    alert,
    expr,
    for: plain.for,
    ...(keepFiringFor !== undefined && { keep_firing_for: keepFiringFor }),
    labels: { severity },
    annotations: annotationsOf(config, plain, {
      label: (name) => `{{ $labels.${name} }}`,
      encoded: (name) => `{{ $labels.${name} | urlquery }}`,
      value: plain.value ?? '',
    }),
    words: { firesWhen, minimum },
  };
}

export function plainTests(config: Config, plain: PlainAlert): readonly RuleTest[] {
  const { alert, severity } = plain;
  return plain.tests.map(({ name, interval, series, looks, counts }) => ({
    name: `${alert} ${severity} ${name}`,
    interval,
    input_series: series,
    ...(counts === true
      ? { promql_expr_test: looks.map(({ at, fires }) => firing(alert, { severity }, at, fires.length)) }
      : { alert_rule_test: expected(config, plain, looks) }),
  }));
}

function expected(config: Config, plain: PlainAlert, looks: readonly Look[]): readonly Expectation[] {
  const { alert, severity } = plain;
  return looks.map(({ at, fires }) => ({
    eval_time: at,
    alertname: alert,
    exp_alerts: fires.map(({ labels, value = '' }) => ({
      exp_labels: { severity, ...labels },
      exp_annotations: annotationsOf(config, plain, {
        label: (label) => labels[label] ?? '',
        encoded: (label) => urlquery(labels[label] ?? ''),
        value,
      }),
    })),
  }));
}

function annotationsOf(
  config: Config,
  { alert, summary, description, by = [] }: PlainAlert,
  texts: Texts & { readonly encoded: (name: string) => string },
): AlertAnnotations {
  return {
    summary: summary(texts),
    description: description(texts),
    runbook_url: runbookUrl(config, alert),
    dashboard_url: dashboardUrl(config, Object.fromEntries(by.map((label) => [label, texts.encoded(label)]))),
  };
}
