/** The specification's bounds, extended upward: reasoning models answer in minutes, the API cuts at ten. Milliseconds. */
export const DURATION_BUCKETS_MS = [
  50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 30_000, 60_000, 120_000, 300_000, 600_000,
] as const;

export const FIRST_TOKEN_BUCKETS_MS = [
  50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 30_000, 60_000, 120_000,
] as const;

/** From 1000 tokens a second down to one. */
export const PER_TOKEN_BUCKETS_MS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000] as const;

export const OVERHEAD_BUCKETS_MS = [0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 50] as const;
