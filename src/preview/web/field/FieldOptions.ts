import type { Link } from '../dashboard/Dashboard.js';
import type { Json } from '../json.js';

/** How one field is shown: the panel's defaults with the field's overrides. */
export interface FieldOptions {
  readonly unit: string;
  readonly decimals: number | undefined;
  readonly min: number | undefined;
  readonly max: number | undefined;
  /** Empty for the field's own name. */
  readonly displayName: string;
  readonly noValue: string;
  readonly color: { readonly mode: string; readonly fixed: string };
  readonly thresholds: Thresholds;
  readonly mappings: readonly Mapping[];
  readonly links: readonly Link[];
  /** What only one panel type reads. */
  readonly custom: Json;
}

export interface Thresholds {
  /** Steps of a percentage mode are percent of the way from min to max. */
  readonly mode: 'absolute' | 'percentage';
  /** From the lowest up; the first has no lower bound. */
  readonly steps: readonly { readonly from: number; readonly color: string }[];
}

/** Shows another text or colour for some values. */
export interface Mapping {
  readonly matches: (value: number | string | null) => boolean;
  readonly text: string | undefined;
  readonly color: string | undefined;
}
