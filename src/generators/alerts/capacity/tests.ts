import type { Capacity, Severity } from '../../../config/Config.js';
import { METRICS } from '../../../metrics/catalogue.js';
import type { InputSeries } from '../AlertGroup.js';
import type { PlainTest } from '../plainAlert.js';
import { callsOf, counters, type Phase, seriesOf } from '../series.js';
import { RATIO } from '../units.js';
import { CAPACITY_RECORDS } from './records.js';

const LEVEL = { provider: 'openai', model: 'a' };
const LIMIT = 1000;
const MINUTE = 60;
const FIRES = { labels: LEVEL };

/** Minutes of calls that use a share of the limit on requests; the limit on tokens is never near. */
function using(share: number, minutes: number, begins?: 'restart'): Phase {
  return {
    steps: minutes,
    growth: {
      ...callsOf({ ...LEVEL, status: 'success', operation: 'chat' }, share * LIMIT),
      [seriesOf(METRICS.tokens.name, { ...LEVEL, token_type: 'total', operation: 'chat' })]: share,
    },
    gauges: {
      [seriesOf(METRICS.rateLimit.name, { ...LEVEL, kind: 'requests' })]: LIMIT,
      [seriesOf(METRICS.rateLimit.name, { ...LEVEL, kind: 'tokens' })]: LIMIT * LIMIT,
    },
    ...(begins !== undefined && { begins }),
  };
}

export function usedTests({ used }: Capacity, severity: Severity): readonly PlainTest[] {
  const bound = used[severity];
  const next = severity === 'warning' ? used.critical : 1;
  const above = bound + (next - bound) * 0.3117;
  // The gauges' own drift is far below what is shown.
  const fires = [{ labels: { ...LEVEL, kind: 'requests' }, value: RATIO.write(above) }];
  const test = (name: string, phases: readonly Phase[], looks: PlainTest['looks']): PlainTest => ({
    name,
    interval: MINUTE,
    series: counters(phases),
    looks,
    ...(severity === 'critical' && { counts: true }),
  });
  return [
    test(
      'fires near the limit and resolves',
      [using(above, 20), using(0.1, 20)],
      [
        { at: '1m', fires: [] },
        { at: '20m', fires },
        { at: '40m', fires: [] },
      ],
    ),
    test('does not fire just below', [using(bound * 0.9468, 20)], [{ at: '20m', fires: [] }]),
    test('fires through a restart', [using(above, 10), using(above, 10, 'restart')], [{ at: '20m', fires }]),
    test(
      'ends when no data comes',
      [using(above, 20), { steps: 20, growth: {}, begins: 'gone' }],
      [{ at: '40m', fires: [] }],
    ),
  ];
}

const HALF_AN_HOUR = 1800;
const STEPS_A_DAY = 48;
const BEGINS_AT = 0.4;
const TREND_DAYS = 4;

/** A use of the limit that grows evenly, such that after four days this many are left. */
export function daysTests(days: number): readonly PlainTest[] {
  const labels = { ...LEVEL, kind: 'tokens' };
  const growing = (left: number, daysOfData: number) => {
    const aDay = (1 - BEGINS_AT) / (left + TREND_DAYS);
    const values = `${BEGINS_AT}+${(aDay / STEPS_A_DAY).toFixed(15)}x${daysOfData * STEPS_A_DAY}`;
    return [{ series: seriesOf(CAPACITY_RECORDS.used, labels), values }];
  };
  const test = (name: string, series: PlainTest['series'], at: number, fires: PlainTest['looks'][number]['fires']) => ({
    name,
    interval: HALF_AN_HOUR,
    series,
    looks: [{ at: `${at}d`, fires }],
  });
  const soon = days * 0.72;
  return [
    test('fires when the trend reaches the limit soon', growing(soon, TREND_DAYS), TREND_DAYS, [
      { labels, value: soon.toFixed(0) },
    ]),
    test('does not fire just below', growing(days * 1.06, TREND_DAYS), TREND_DAYS, []),
    {
      ...test('resolves once the use has gone down', growing(soon, TREND_DAYS), TREND_DAYS + 2, []),
      series: growing(soon, TREND_DAYS).map(({ series, values }) => ({
        series,
        values: `${values} ${BEGINS_AT}x${3 * STEPS_A_DAY}`,
      })),
    },
    {
      ...test('goes on through a restart, which leaves hours without data', growing(soon, TREND_DAYS), TREND_DAYS, [
        { labels, value: soon.toFixed(0) },
      ]),
      series: interrupted(soon),
    },
    test('does not fire on two days of history', growing(soon, 2), 2, []),
    test('does not fire where little is used', little(), TREND_DAYS, []),
    test('does not fire without data', growing(soon, 1), TREND_DAYS, []),
  ];
}

/** As evenly growing, with half a day missing in the middle of the second day. */
function interrupted(left: number): readonly InputSeries[] {
  const step = (1 - BEGINS_AT) / (left + TREND_DAYS) / STEPS_A_DAY;
  const [until, gap] = [1.5 * STEPS_A_DAY, STEPS_A_DAY / 2];
  const again = BEGINS_AT + step * (until + gap);
  const values = [
    `${BEGINS_AT}+${step.toFixed(15)}x${until - 1}`,
    `stale _x${gap - 1}`,
    `${again.toFixed(15)}+${step.toFixed(15)}x${TREND_DAYS * STEPS_A_DAY - until - gap}`,
  ];
  return [{ series: seriesOf(CAPACITY_RECORDS.used, { ...LEVEL, kind: 'tokens' }), values: values.join(' ') }];
}

/** Grows fast from nothing, but only to 28 %. */
function little(): readonly InputSeries[] {
  const labels = { ...LEVEL, kind: 'tokens' };
  const steps = TREND_DAYS * STEPS_A_DAY;
  return [{ series: seriesOf(CAPACITY_RECORDS.used, labels), values: `0+${(0.28 / steps).toFixed(15)}x${steps}` }];
}

export function inFlightTests({ inFlight: { factor, minimum } }: Capacity): readonly PlainTest[] {
  const usual = Math.ceil(minimum / factor) * 2;
  const pile = Math.ceil(usual * factor * 1.2);
  const series = (values: string) => [
    { series: seriesOf(METRICS.inFlight.name, { ...LEVEL, operation: 'chat' }), values },
  ];
  return [
    {
      name: 'fires when they pile up and ends when they are done',
      interval: MINUTE,
      series: series(`${usual}x60 ${pile}x4 ${usual}x20`),
      looks: [
        { at: '61m', fires: [] },
        { at: '64m', fires: [{ ...FIRES, value: String(pile) }] },
        { at: '75m', fires: [] },
      ],
    },
    {
      name: 'does not fire just below',
      interval: MINUTE,
      series: series(`${usual}x60 ${Math.floor(usual * factor * 0.97)}x4`),
      looks: [{ at: '64m', fires: [] }],
    },
    {
      name: 'does not fire where few are in flight',
      interval: MINUTE,
      series: series(`0x60 ${minimum - 1}x4`),
      looks: [{ at: '64m', fires: [] }],
    },
    {
      name: 'goes on when one of two processes is restarted in the middle, and ends when both are',
      interval: MINUTE,
      series: ['a', 'b'].map((instance) => ({
        series: seriesOf(METRICS.inFlight.name, { ...LEVEL, operation: 'chat', instance }),
        values: `${usual / 2}x60 ${pile}x3 ${instance === 'a' ? '0' : pile}x4 0x10`,
      })),
      looks: [
        { at: '64m', fires: [{ ...FIRES, value: String(2 * pile) }] },
        { at: '68m', fires: [{ ...FIRES, value: String(pile) }] },
        { at: '75m', fires: [] },
      ],
    },
    {
      name: 'ends when no data comes',
      interval: MINUTE,
      series: series(`${usual}x60 ${pile}x3 stale`),
      looks: [{ at: '75m', fires: [] }],
    },
  ];
}
