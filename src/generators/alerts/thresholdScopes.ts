import { isDeepStrictEqual } from 'node:util';
import type { Config, Severity, SomeThresholds, Threshold, ThresholdKind } from '../../config/Config.js';
import { is, noneOf, oneOf, type Match } from '../promql/match.js';
import { LEVEL } from './level.js';

export const SEVERITIES = ['warning', 'critical'] as const satisfies readonly Severity[];

/** A threshold and the series that it holds for. */
export interface ThresholdScope {
  readonly threshold: Threshold;
  /** As texts name it: a model, or the value of another label; undefined for all that have none of their own. */
  readonly name: string | undefined;
  /** The labels that it is held by. */
  readonly by: readonly string[];
  readonly matchers: Readonly<Record<string, Match>>;
  /** Labels of which the scope is one value; the series carry them anyway, and they keep two scopes' alerts apart. */
  readonly fixed: Readonly<Record<string, string>>;
}

/** The thresholds of one kind: the default, one for each model that differs from it, then operations and attribution. */
export function thresholdScopes({ thresholds }: Config, kind: ThresholdKind): readonly ThresholdScope[] {
  const byDefault = thresholds.defaults[kind];
  const own = sorted(thresholds.models)
    .map(([model, set]) => ({ model, threshold: set[kind] }))
    .filter(({ threshold }) => !isDeepStrictEqual(threshold, byDefault));
  const others = own.length === 0 ? {} : { model: noneOf(own.map(({ model }) => model)) };
  return [
    { threshold: byDefault, name: undefined, by: LEVEL, matchers: others, fixed: {} },
    ...own.map(({ model, threshold }) => scopeOf(threshold, 'model', model, LEVEL)),
    ...slices(thresholds.operations, 'operation', kind),
    ...sorted(thresholds.attribution).flatMap(([label, values]) => slices(values, label, kind)),
  ];
}

/** Held besides the thresholds of the models: the whole of a model may be well while one of its users is not. */
function slices(
  values: Readonly<Record<string, SomeThresholds>>,
  label: string,
  kind: ThresholdKind,
): readonly ThresholdScope[] {
  return sorted(values).flatMap(([value, set]) => {
    const threshold = set[kind];
    return threshold === undefined ? [] : [scopeOf(threshold, label, value, [...LEVEL, label])];
  });
}

function scopeOf(threshold: Threshold, label: string, value: string, by: readonly string[]): ThresholdScope {
  return { threshold, name: value, by, matchers: { [label]: is(value) }, fixed: { [label]: value } };
}

/** All values of these labels that have thresholds, of whatever kind: what is recorded by them has no others. */
export function valuesIn({ thresholds }: Config, by: readonly string[]): Readonly<Record<string, Match>> {
  const all: Readonly<Record<string, object>> = { ...thresholds.attribution, operation: thresholds.operations };
  return Object.fromEntries(
    by.filter((label) => !isOneOf(LEVEL, label)).map((label) => [label, oneOf(Object.keys(all[label] ?? {}).sort())]),
  );
}

function isOneOf(values: readonly string[], value: string): boolean {
  return values.includes(value);
}

function sorted<V>(record: Readonly<Record<string, V>>): readonly (readonly [string, V])[] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
}

/** The severities that a threshold has a bound for. */
export function boundsOf(threshold: Threshold): readonly { readonly severity: Severity; readonly bound: number }[] {
  return SEVERITIES.flatMap((severity) => {
    const bound = threshold[severity];
    return bound === null ? [] : [{ severity, bound }];
  });
}
