import { THRESHOLD_KINDS, type Threshold, type ThresholdKind, type ThresholdSet } from './Config.js';
import { DEFAULT_THRESHOLDS } from './defaults.js';
import { seconds } from './duration.js';
import type { ConfigFile } from './schema.js';

type FileThresholds = NonNullable<NonNullable<ConfigFile['thresholds']>['defaults']>;
type FileThreshold = NonNullable<FileThresholds[ThresholdKind]>;

/** The defaults with the file's on top, and each model's own on top of those. */
export function mergeThresholds(file: ConfigFile['thresholds']): {
  readonly defaults: ThresholdSet;
  readonly models: Readonly<Record<string, ThresholdSet>>;
} {
  const defaults = mergeSet(DEFAULT_THRESHOLDS, file?.defaults);
  const models: Record<string, ThresholdSet> = {};
  for (const [model, set] of Object.entries(file?.models ?? {})) models[model] = mergeSet(defaults, set);
  return { defaults, models };
}

function mergeSet(base: ThresholdSet, file: FileThresholds | undefined): ThresholdSet {
  return {
    latencyP95: merge(base.latencyP95, file?.latencyP95),
    firstTokenP95: merge(base.firstTokenP95, file?.firstTokenP95),
    errorRatio: merge(base.errorRatio, file?.errorRatio),
    costPerHour: merge(base.costPerHour, file?.costPerHour),
  };
}

function merge(base: Threshold, file: FileThreshold = {}): Threshold {
  return {
    warning: file.warning === undefined ? base.warning : bound(file.warning),
    critical: file.critical === undefined ? base.critical : bound(file.critical),
    window: file.window ?? base.window,
    for: file.for ?? base.for,
    minimumRequests: file.minimumRequests ?? base.minimumRequests,
  };
}

function bound(value: string | number | null): number | null {
  return typeof value === 'string' ? seconds(value) : value;
}

/** Every set with the path under which messages name it, the defaults first. */
export function* everyThreshold(thresholds: {
  readonly defaults: ThresholdSet;
  readonly models: Readonly<Record<string, ThresholdSet>>;
}): Generator<{ readonly path: readonly string[]; readonly kind: ThresholdKind; readonly threshold: Threshold }> {
  const sets = [
    { path: ['thresholds', 'defaults'], set: thresholds.defaults },
    ...Object.entries(thresholds.models).map(([model, set]) => ({ path: ['thresholds', 'models', model], set })),
  ];
  for (const { path, set } of sets) {
    for (const kind of THRESHOLD_KINDS) yield { path: [...path, kind], kind, threshold: set[kind] };
  }
}
