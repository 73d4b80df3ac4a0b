import { matches } from '../../promql/match.js';

/** The objectives that the reader has chosen. */
export const CHOSEN = { slo: matches('$slo') };
