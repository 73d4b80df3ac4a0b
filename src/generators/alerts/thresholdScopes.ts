import { isDeepStrictEqual } from 'node:util';
import type { Config, Severity, Threshold, ThresholdKind } from '../../config/Config.js';
import { is, noneOf, type Match } from '../promql/match.js';

export const SEVERITIES = ['warning', 'critical'] as const satisfies readonly Severity[];

/** A threshold and the models that it holds for. */
export interface ThresholdScope {
  readonly threshold: Threshold;
  /** Null: all models that have no threshold of their own. */
  readonly model: string | null;
  readonly models: Readonly<Partial<Record<'model', Match>>>;
}

/** The thresholds of one kind: the default, then one for each model that differs from it. */
export function thresholdScopes({ thresholds }: Config, kind: ThresholdKind): readonly ThresholdScope[] {
  const byDefault = thresholds.defaults[kind];
  const own = Object.entries(thresholds.models)
    .map(([model, set]) => ({ model, threshold: set[kind] }))
    .filter(({ threshold }) => !isDeepStrictEqual(threshold, byDefault))
    .sort((a, b) => (a.model < b.model ? -1 : 1));
  const others = own.length === 0 ? {} : { model: noneOf(own.map(({ model }) => model)) };
  return [
    { threshold: byDefault, model: null, models: others },
    ...own.map(({ model, threshold }) => ({
      threshold,
      model,
      models: { model: is(model) },
    })),
  ];
}

/** The severities that a threshold has a bound for. */
export function boundsOf(threshold: Threshold): readonly { readonly severity: Severity; readonly bound: number }[] {
  return SEVERITIES.flatMap((severity) => {
    const bound = threshold[severity];
    return bound === null ? [] : [{ severity, bound }];
  });
}
