import { durationClock, durationWords, scaledDuration } from './durations.js';
import { IEC, LARGE_SI, plainNumber, scaled, SHORT, SI, type Scale } from './numbers.js';

/** A value's parts, since some panels show the unit smaller than the number. */
export interface Formatted {
  readonly prefix: string;
  readonly text: string;
  readonly suffix: string;
}

export type Formatter = (value: number, decimals?: number) => Formatted;

const only = (text: string): Formatted => ({ prefix: '', text, suffix: '' });
const withSuffix =
  (suffix: string, factor = 1): Formatter =>
  (value, decimals) => ({ prefix: '', text: plainNumber(value * factor, decimals), suffix });
const duration =
  (seconds: number): Formatter =>
  (value, decimals) => {
    if (value === 0) return { prefix: '', text: '0', suffix: UNIT_OF_ZERO[seconds] ?? ' s' };
    const best = scaledDuration(value * seconds);
    const plural = best.unit.length > 3 && plainNumber(best.value, decimals) !== '1' ? 's' : '';
    const days = best.unit === 'day' && plainNumber(best.value, decimals) !== '1' ? 's' : plural;
    return { prefix: '', text: plainNumber(best.value, decimals), suffix: ` ${best.unit}${days}` };
  };
const onScale =
  (scale: Scale, unit: string, space = ' '): Formatter =>
  (value, decimals) => {
    const best = scaled(value, scale);
    const suffix = scale === SHORT ? `${best.prefix}${unit === '' ? '' : ` ${unit}`}` : `${space}${best.prefix}${unit}`;
    return { prefix: '', text: plainNumber(best.value, decimals), suffix: best.prefix + unit === '' ? '' : suffix };
  };
const currency =
  (symbol: string): Formatter =>
  (value, decimals) => {
    const best = scaled(Math.abs(value), SHORT);
    const text = plainNumber(best.value, decimals ?? (best.prefix === '' && best.value >= 0.1 ? 2 : undefined));
    return { prefix: `${value < 0 ? '-' : ''}${symbol}`, text, suffix: best.prefix };
  };
const rate = (unit: string): Formatter => onScale(SHORT, unit);
const date =
  (options: Intl.DateTimeFormatOptions): Formatter =>
  (value) =>
    only(new Intl.DateTimeFormat('sv-SE', options).format(value));

/** A zero keeps the unit that was asked for. */
const UNIT_OF_ZERO: Readonly<Record<number, string>> = { 1e-9: ' ns', 1e-6: ' µs', 0.001: ' ms', 1: ' s', 60: ' min' };

/** Grafana's unit ids. https://github.com/grafana/grafana/blob/main/packages/grafana-data/src/valueFormats/categories.ts */
const UNITS: ReadonlyMap<string, Formatter> = new Map<string, Formatter>([
  ['', withSuffix('')],
  ['none', withSuffix('')],
  ['string', (value) => only(String(value))],
  ['short', onScale(SHORT, '')],
  ['sishort', onScale(SI, '')],
  ['locale', (value, decimals) => only(value.toLocaleString('en', { maximumFractionDigits: decimals ?? 2 }))],
  ['percent', withSuffix('%')],
  ['percentunit', withSuffix('%', 100)],
  ['bool', (value) => only(value === 0 ? 'False' : 'True')],
  ['bool_yes_no', (value) => only(value === 0 ? 'No' : 'Yes')],
  ['bool_on_off', (value) => only(value === 0 ? 'Off' : 'On')],
  ['ns', duration(1e-9)],
  ['µs', duration(1e-6)],
  ['ms', duration(0.001)],
  ['s', duration(1)],
  ['m', duration(60)],
  ['h', duration(3600)],
  ['d', duration(86_400)],
  ['dtdurations', (value, decimals) => only(durationWords(value, decimals))],
  ['dtdurationms', (value, decimals) => only(durationWords(value / 1000, decimals))],
  ['dthms', (value) => only(durationClock(value))],
  ['dtdhms', (value) => only(durationClock(value))],
  ['clocks', (value) => only(durationClock(value))],
  ['bytes', onScale(IEC, 'B')],
  ['decbytes', onScale(LARGE_SI, 'B')],
  ['bits', onScale(IEC, 'b')],
  ['decbits', onScale(LARGE_SI, 'b')],
  ['Bps', onScale(LARGE_SI, 'B/s')],
  ['binBps', onScale(IEC, 'B/s')],
  ['bps', onScale(LARGE_SI, 'b/s')],
  ['hertz', onScale(SI, 'Hz')],
  ['reqps', rate('req/s')],
  ['rps', rate('rd/s')],
  ['wps', rate('wr/s')],
  ['cps', rate('c/s')],
  ['ops', rate('ops/s')],
  ['eps', rate('evt/s')],
  ['mps', rate('msg/s')],
  ['iops', rate('io/s')],
  ['recps', rate('rec/s')],
  ['rowsps', rate('rows/s')],
  ['reqpm', rate('req/m')],
  ['cpm', rate('c/m')],
  ['opm', rate('ops/m')],
  ['currencyUSD', currency('$')],
  ['currencyEUR', currency('€')],
  ['currencyGBP', currency('£')],
  ['dateTimeAsIso', date({ dateStyle: 'short', timeStyle: 'medium' })],
  ['dateTimeAsSystem', date({ dateStyle: 'short', timeStyle: 'medium' })],
  ['time:YYYY-MM-DD', date({ dateStyle: 'short' })],
]);

/** How values of a unit are written. A unit that isn't known is put behind the number, as Grafana does. */
export function formatterOf(unit: string): Formatter {
  const known = UNITS.get(unit);
  if (known !== undefined) return known;
  const [, kind, rest] = /^(suffix|prefix|si|currency|short):(.*)$/.exec(unit) ?? [];
  if (kind === 'prefix') return (value, decimals) => ({ ...only(plainNumber(value, decimals)), prefix: rest ?? '' });
  if (kind === 'si') return onScale(SI, rest ?? '');
  if (kind === 'currency') return currency(rest ?? '');
  if (kind === 'short') return rate(rest ?? '');
  return withSuffix(` ${(rest ?? unit).trim()}`);
}
