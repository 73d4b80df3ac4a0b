import type { Request } from 'express';
import type { MetricsFormat } from './ports.js';

/** How a scraper may ask for names to be escaped. Ours need no escaping, so that every way is the same. */
const ESCAPING = ['allow-utf-8', 'underscores', 'dots', 'values'] as const;

/** An offer has to have every parameter that a scraper names, so there is one for each way to ask. */
const offersOf = (type: string): readonly string[] => [type, ...ESCAPING.map((way) => `${type}; escaping=${way}`)];

const TEXT = offersOf('text/plain; version=0.0.4; charset=utf-8');
const OPENMETRICS = offersOf('application/openmetrics-text; version=1.0.0; charset=utf-8');

/** The format that a scraper's `Accept` prefers; text where it has no preference or takes neither. */
export function negotiate(request: Request): MetricsFormat {
  const best = request.accepts([...TEXT, ...OPENMETRICS]);
  return typeof best === 'string' && OPENMETRICS.includes(best) ? 'openmetrics' : 'text';
}
