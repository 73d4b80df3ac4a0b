import { StoredHistogram, type StoredMetric } from '../metrics.js';
import type { Exemplar, HistogramReading } from '../series.js';
import type { DefaultLabels } from './DefaultLabels.js';
import type { Family } from './Family.js';
import { numberText, type Format } from './Format.js';

/** Reads one of our metrics as it stands now. Its labels were written when its series were born; numbers are added. */
export function storedFamily(metric: StoredMetric, defaults: DefaultLabels, format: Format): Family {
  const { spec, table } = metric;
  const labels = new LabelFrame(spec.name, table.labelNames, defaults);
  const heading = format.heading(spec);
  if (metric instanceof StoredHistogram) {
    const readings = metric.table.all().map((series) => series.read());
    const write = histogramWriter(spec.name, spec.buckets ?? [], labels, format);
    const linesEach = (spec.buckets?.length ?? 0) + 3;
    return { heading, size: readings.length, linesEach, lines: (at) => write(at, readings) };
  }
  const readings = metric.readings();
  const start = labels.start('');
  return {
    heading,
    size: readings.length,
    linesEach: 1,
    lines(at) {
      const reading = readings[at];
      return reading === undefined ? '' : `${start}${reading.labelText}${labels.close} ${numberText(reading.value)}\n`;
    },
  };
}

/** What stands before and behind the labels of a series: names, braces, and the default labels of the registry. */
class LabelFrame {
  readonly close: string;
  readonly #defaults: string;

  constructor(
    private readonly name: string,
    private readonly labelNames: readonly string[],
    defaults: DefaultLabels,
  ) {
    this.#defaults = defaults.textBeside(labelNames);
    this.close = labelNames.length > 0 || this.#defaults !== '' ? '}' : '';
  }

  /** Everything up to the labels of the series itself, with `le` first where there is one. */
  start(suffix: string, le = ''): string {
    const own = this.labelNames.length > 0;
    const before = [le, this.#defaults].filter((text) => text !== '').join(',');
    if (before === '') return `${this.name}${suffix}${own ? '{' : ''}`;
    return `${this.name}${suffix}{${before}${own ? ',' : ''}`;
  }
}

function histogramWriter(name: string, bounds: readonly number[], labels: LabelFrame, format: Format) {
  const buckets = bounds.map((bound) => labels.start('_bucket', `le="${format.bound(bound)}"`));
  const last = labels.start('_bucket', 'le="+Inf"');
  const sumStart = labels.start('_sum');
  const countStart = labels.start('_count');
  const { close } = labels;

  return (at: number, readings: readonly HistogramReading[]): string => {
    const reading = readings[at];
    if (reading === undefined) return '';
    const { labelText, counts, count, sum } = reading;
    const exemplars = format.exemplars ? reading.exemplars : undefined;
    let text = '';
    let below = 0;
    for (let bucket = 0; bucket < buckets.length; bucket += 1) {
      below += counts[bucket] ?? 0;
      text += `${buckets[bucket] ?? ''}${labelText}} ${below}${exemplarText(exemplars?.[bucket])}\n`;
    }
    return (
      text +
      `${last}${labelText}} ${count}${exemplarText(exemplars?.[buckets.length])}\n` +
      `${sumStart}${labelText}${close} ${numberText(sum)}\n` +
      `${countStart}${labelText}${close} ${count}\n`
    );
  };
}

/** OpenMetrics allows 128 characters of labels; these are 40. */
function exemplarText(exemplar: Exemplar | undefined): string {
  if (exemplar === undefined) return '';
  const { traceId, value, timestamp } = exemplar;
  return ` # {trace_id="${traceId}"} ${numberText(value)} ${timestamp / 1000}`;
}
