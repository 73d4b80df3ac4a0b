import { z } from 'zod';
import { durationSchema, durationUpTo, positiveDuration } from './duration.js';
import { ratio, usd } from './fields.js';

/** The last finite buckets of the histograms, in seconds: a percentile is never seen beyond, so no alert could fire. */
export const LATENCY_LIMIT_SECONDS = 600;
export const FIRST_TOKEN_LIMIT_SECONDS = 120;
export const PER_TOKEN_LIMIT_SECONDS = 1;

const factor = z.number().gt(1, 'a factor above 1 is allowed, such as 3 for three times as much');

/** When a threshold of one severity is null, there is no alert of that severity. */
const threshold = (bound: z.ZodNumber | z.ZodString) =>
  z
    .strictObject({
      warning: bound.nullable().optional(),
      critical: bound.nullable().optional(),
      /** Over how much of the past the value is taken. */
      window: positiveDuration.optional(),
      /** For how long the value must stay beyond the threshold. */
      for: durationSchema.optional(),
      /** For how long the alert goes on once the value is back, so that one incident is one alert. */
      keepFiringFor: durationSchema.optional(),
      /** Calls in the window below which the alert keeps silent: one error in ten calls must not page. */
      minimumRequests: z.int().min(0).max(1_000_000).optional(),
    })
    .optional();

/** What promptmeter.yaml can have thresholds for. */
export const thresholdSet = z.strictObject({
  latencyP95: threshold(durationUpTo(LATENCY_LIMIT_SECONDS)),
  firstTokenP95: threshold(durationUpTo(FIRST_TOKEN_LIMIT_SECONDS)),
  timePerOutputTokenP95: threshold(durationUpTo(PER_TOKEN_LIMIT_SECONDS)),
  errorRatio: threshold(ratio),
  errorTypeRatio: threshold(ratio),
  accountErrorRatio: threshold(ratio),
  abortedRatio: threshold(ratio),
  cutStreamRatio: threshold(ratio),
  retryRatio: threshold(ratio),
  truncatedRatio: threshold(ratio),
  rateLimitHeadroom: threshold(ratio),
  costPerHour: threshold(usd),
  costPerCall: threshold(usd),
  costJump: threshold(factor),
  uncountedSpendRatio: threshold(ratio),
});

export type FileThresholds = z.infer<typeof thresholdSet>;

export const THRESHOLD_KINDS = thresholdSet.keyof().options;
export type ThresholdKind = keyof FileThresholds;

/** Kinds of which little is bad, so that critical lies below warning. */
export const LESS_IS_WORSE: ReadonlySet<ThresholdKind> = new Set(['rateLimitHeadroom']);

/** Kinds whose metrics carry the label `operation`, and those that carry the attribution labels too. */
export const BY_OPERATION: ReadonlySet<ThresholdKind> = new Set([
  'latencyP95',
  'firstTokenP95',
  'timePerOutputTokenP95',
  'errorRatio',
  'errorTypeRatio',
  'accountErrorRatio',
  'abortedRatio',
  'costPerHour',
  'costPerCall',
  'costJump',
]);
export const BY_ATTRIBUTION: ReadonlySet<ThresholdKind> = new Set([
  'errorRatio',
  'abortedRatio',
  'costPerHour',
  'costPerCall',
  'costJump',
]);

/** What the file may say under `thresholds:`. */
export const thresholdsSchema = z.strictObject({
  defaults: thresholdSet.optional(),
  models: z.record(z.string(), thresholdSet).optional(),
  /** By operation, such as embeddings; held besides those of the models. */
  operations: z.record(z.string(), thresholdSet).optional(),
  /** By attribution label and value, such as app and web; held besides those of the models. */
  attribution: z.record(z.string(), z.record(z.string(), thresholdSet)).optional(),
});
