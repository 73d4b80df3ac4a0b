/** Thresholds are held per API and model: an outage of a small one must not drown in the traffic of a big one. */
export const LEVEL = ['provider', 'model'] as const;
