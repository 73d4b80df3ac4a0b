import type { Config } from '../../src/config/Config.js';
import { alertGroups } from '../../src/generators/alerts/registry.js';
import { durationSeconds } from '../../src/generators/promql/duration.js';
import type { RecordingRule } from '../../src/generators/promql/recordingRule.js';
import { METRICS } from '../../src/metrics/catalogue.js';
import type { MetricSpec } from '../../src/metrics/spec.js';
import { CALLS, isTrouble, MODELS, USD_PER_CALL, VALUES, type Series } from './series.js';

/** Shares, and what is spent, while all is well. */
const LITTLE = 0.0001;
const SECONDS_PER_HOUR = 3600;

/** A series that rules have recorded. */
export interface Recorded extends Series {
  /** Seconds between its samples. */
  readonly every: number;
  /** Whether a rule looks at it over hours and more. */
  readonly isForLong: boolean;
}

/** All that the rules would have recorded of the busy exporter by now, in the density of their groups. */
export function recordedSeries(config: Config): readonly Recorded[] {
  const groups = alertGroups(config);
  const expressions = groups.flatMap(({ records, alerts }) => [...records, ...alerts].map(({ expr }) => expr));
  const forLong = new Set(
    expressions
      .flatMap((expr) => [...expr.matchAll(/([a-z_]+:[\w:]+)(?:\{[^}]*\})?(?:\[\d+[hd]\]| offset \d+[dw])/g)])
      .map(([, name]) => name),
  );
  const usual = durationSeconds(config.prometheus.evaluationInterval);
  return groups.flatMap(({ interval = usual, records }) =>
    records.flatMap((rule) =>
      seriesOf(rule).map((text) => ({
        text,
        perSecond: 0,
        level: levelOf(rule.record, text),
        every: interval,
        isForLong: forLong.has(rule.record),
      })),
    ),
  );
}

/** As on the day that the exporter tells of: an alert that fires would be measured, too. */
function levelOf(record: string, text: string): number {
  if (record.includes('usd_per_hour')) return CALLS * USD_PER_CALL * SECONDS_PER_HOUR;
  return isTrouble(text) || /_per_|used|bad|usd|burn/.test(record) ? LITTLE : 1;
}

function seriesOf({ record, labels, fixed = {} }: RecordingRule): readonly string[] {
  const own = Object.entries(fixed).map(([label, value]) => `${label}="${value}"`);
  const each = labels.includes('model') ? MODELS : labels.includes('provider') ? PROVIDERS : [{}];
  return labels
    .filter((label) => label !== 'provider' && label !== 'model' && !(label in fixed))
    .reduce<readonly Readonly<Record<string, string>>[]>(
      (sofar, label) => sofar.flatMap((all) => valuesOf(record, label).map((value) => ({ ...all, [label]: value }))),
      each,
    )
    .map(
      (all) => `${record}{${[...own, ...Object.entries(all).map(([name, value]) => `${name}="${value}"`)].join(',')}}`,
    );
}

const PROVIDERS = [...new Set(MODELS.map(({ provider }) => provider))].map((provider) => ({ provider }));

function valuesOf(record: string, label: string): readonly string[] {
  if (label !== 'le') return VALUES[label] ?? ['one'];
  const specs: readonly MetricSpec[] = Object.values(METRICS);
  const name = /:(?:ai_successful)?(\w+)_bucket:/.exec(record)?.[1] ?? '';
  const buckets = specs.find((spec) => spec.name.endsWith(name))?.buckets ?? [];
  return [...buckets.map(String), '+Inf'];
}
