import type { z } from 'zod';
import { DEFAULT_THRESHOLDS } from './defaults.js';
import { seconds } from './duration.js';
import { THRESHOLD_KINDS, type FileThresholds, type ThresholdKind, type thresholdsSchema } from './thresholdKinds.js';

/** One threshold with its defaults filled in. Bounds are in seconds, ratios, factors or US dollars. */
export interface Threshold {
  readonly warning: number | null;
  readonly critical: number | null;
  readonly window: string;
  readonly for: string;
  readonly keepFiringFor: string;
  readonly minimumRequests: number;
}

export type ThresholdSet = Readonly<Record<ThresholdKind, Threshold>>;

/** Only the kinds that the file names, each whole. */
export type SomeThresholds = Readonly<Partial<Record<ThresholdKind, Threshold>>>;

export interface Thresholds {
  readonly defaults: ThresholdSet;
  /** Only the models that the file names; each set is whole. */
  readonly models: Readonly<Record<string, ThresholdSet>>;
  readonly operations: Readonly<Record<string, SomeThresholds>>;
  readonly attribution: Readonly<Record<string, Readonly<Record<string, SomeThresholds>>>>;
}

type File = z.infer<typeof thresholdsSchema>;

/** The defaults with the file's on top, and each model's, operation's and attribution's own on top of those. */
export function mergeThresholds(file: File = {}): Thresholds {
  const defaults = mergeSet(DEFAULT_THRESHOLDS, file.defaults);
  return {
    defaults,
    models: mapValues(file.models, (set) => mergeSet(defaults, set)),
    operations: mapValues(file.operations, (set) => mergeSome(defaults, set)),
    attribution: mapValues(file.attribution, (values) => mapValues(values, (set) => mergeSome(defaults, set))),
  };
}

function mergeSet(base: ThresholdSet, file: FileThresholds | undefined): ThresholdSet {
  return { ...base, ...mergeSome(base, file) };
}

function mergeSome(base: ThresholdSet, file: FileThresholds = {}): SomeThresholds {
  const merged: Partial<Record<ThresholdKind, Threshold>> = {};
  for (const kind of THRESHOLD_KINDS) {
    const own = file[kind];
    if (own !== undefined) merged[kind] = merge(base[kind], own);
  }
  return merged;
}

function merge(base: Threshold, file: NonNullable<FileThresholds[ThresholdKind]>): Threshold {
  return {
    warning: file.warning === undefined ? base.warning : bound(file.warning),
    critical: file.critical === undefined ? base.critical : bound(file.critical),
    window: file.window ?? base.window,
    for: file.for ?? base.for,
    keepFiringFor: file.keepFiringFor ?? base.keepFiringFor,
    minimumRequests: file.minimumRequests ?? base.minimumRequests,
  };
}

function bound(value: string | number | null): number | null {
  return typeof value === 'string' ? seconds(value) : value;
}

function mapValues<A, B>(record: Readonly<Record<string, A>> = {}, map: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}

/** One threshold with the path under which messages name it. */
export interface PlacedThreshold {
  readonly path: readonly string[];
  readonly kind: ThresholdKind;
  readonly threshold: Threshold;
}

/** Every threshold, the defaults first. */
export function everyThreshold({ defaults, models, operations, attribution }: Thresholds): readonly PlacedThreshold[] {
  const sets: readonly { readonly path: readonly string[]; readonly set: SomeThresholds }[] = [
    { path: ['defaults'], set: defaults },
    ...Object.entries(models).map(([model, set]) => ({ path: ['models', model], set })),
    ...Object.entries(operations).map(([operation, set]) => ({ path: ['operations', operation], set })),
    ...Object.entries(attribution).flatMap(([label, values]) =>
      Object.entries(values).map(([value, set]) => ({ path: ['attribution', label, value], set })),
    ),
  ];
  return sets.flatMap(({ path, set }) =>
    THRESHOLD_KINDS.flatMap((kind) => {
      const threshold = set[kind];
      return threshold === undefined ? [] : [{ path: ['thresholds', ...path, kind], kind, threshold }];
    }),
  );
}
