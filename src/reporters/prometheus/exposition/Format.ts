import type { MetricType } from '../../../metrics/spec.js';

/** The text formats that /metrics can answer in. */
export type ExpositionFormat = 'text' | 'openmetrics';

/** What of a metric stands above its lines. */
export interface Heading {
  readonly name: string;
  readonly help: string;
  readonly type: MetricType | 'summary';
}

/** Where the two formats differ. */
export interface Format {
  readonly contentType: string;
  /** The lines above a metric's. */
  readonly heading: (heading: Heading) => string;
  /** A bucket's bound as the value of `le`. */
  readonly bound: (bound: number) => string;
  readonly exemplars: boolean;
  /** Stands between two metrics, and at the end. */
  readonly between: string;
  readonly end: string;
}

/**
 * Prometheus' text format 0.0.4, as prom-client writes it, and OpenMetrics 1.0. A metric has the same names in both, so
 * that dashboards and rules need not know which was scraped: a counter whose name does not end in `_total` has no place
 * among OpenMetrics' counters and is of unknown type there, as Prometheus' own client does it.
 */
export const FORMATS: Readonly<Record<ExpositionFormat, Format>> = {
  text: {
    contentType: 'text/plain; version=0.0.4; charset=utf-8',
    heading: ({ name, help, type }) => `# HELP ${name} ${escapeHelp(help)}\n# TYPE ${name} ${type}\n`,
    bound: (bound) => String(bound),
    exemplars: false,
    between: '\n',
    end: '',
  },
  openmetrics: {
    contentType: 'application/openmetrics-text; version=1.0.0; charset=utf-8',
    heading({ name, help, type }) {
      const isCounter = type === 'counter' && name.endsWith('_total');
      const family = isCounter ? name.slice(0, -'_total'.length) : name;
      const kind = type === 'counter' && !isCounter ? 'unknown' : type;
      return `# HELP ${family} ${escapeHelp(help).replaceAll('"', '\\"')}\n# TYPE ${family} ${kind}\n`;
    },
    bound: (bound) => (Number.isInteger(bound) ? `${bound}.0` : String(bound)),
    exemplars: true,
    between: '',
    end: '# EOF\n',
  },
};

const escapeHelp = (help: string): string => help.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');

/** A sample's value as both formats write it. */
export function numberText(value: number): string {
  if (Number.isFinite(value)) return String(value);
  return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
}
