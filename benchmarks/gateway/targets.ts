import type { Section } from '../Section.js';
import { median } from '../statistics.js';
import { DIRECT, OURS, type ByProxy, type Measured } from './Measured.js';

/** Node.js proxies that measure nothing. */
const UNMETERED = ['undici dispatch', 'undici.request', 'node:http', 'http-proxy'];

interface Target {
  readonly what: string;
  readonly value: number;
  readonly atLeast?: number;
  readonly atMost?: number;
  readonly unit: string;
}

/** What issue and design promise of the gateway, and whether this run keeps it. */
export function targets(all: ByProxy): Section {
  return {
    title: 'Gateway: targets',
    intro: 'Ratios within this run.',
    head: ['what', 'measured', 'target', ''],
    rows: list(all)
      .filter(({ value }) => Number.isFinite(value))
      .map(({ what, value, atLeast, atMost, unit }) => [
        what,
        `${value.toFixed(2)}${unit}`,
        atLeast === undefined ? `at most ${atMost ?? ''}${unit}` : `at least ${atLeast}${unit}`,
        value >= (atLeast ?? -Infinity) && value <= (atMost ?? Infinity) ? 'kept' : 'MISSED',
      ]),
    notes: [],
  };
}

function list(all: ByProxy): readonly Target[] {
  const best = (of: (measured: NonNullable<ReturnType<typeof all.get>>) => Measured): number =>
    Math.max(...UNMETERED.map((name) => all.get(name)).map((each) => (each ? median(of(each).perSecond) : 0)));
  const at = (name: string, of: (measured: NonNullable<ReturnType<typeof all.get>>) => readonly number[]): number => {
    const measured = all.get(name);
    return measured === undefined ? NaN : median(of(measured));
  };
  const streamRatio = at(OURS, ({ stream }) => stream.perSecond) / best(({ stream }) => stream);
  const added = (of: (measured: NonNullable<ReturnType<typeof all.get>>) => readonly number[]): number =>
    at(OURS, of) - at(DIRECT, of);
  return [
    {
      what: 'JSON calls a second over the fastest unmetered Node.js proxy',
      value: at(OURS, ({ json }) => json.perSecond) / best(({ json }) => json),
      atLeast: 0.75,
      unit: '',
    },
    { what: 'streams a second over the fastest unmetered Node.js proxy', value: streamRatio, atLeast: 0.95, unit: '' },
    { what: 'processor time of a JSON call', value: at(OURS, ({ json }) => json.cpu), atMost: 200, unit: ' us' },
    {
      what: 'processor time of a stream over nginx',
      value: at(OURS, ({ stream }) => stream.cpu) / at('nginx', ({ stream }) => stream.cpu),
      atMost: 1.3,
      unit: '',
    },
    {
      what: 'the same, its chunks apart',
      value: at(OURS, ({ apart }) => apart.cpu) / at('nginx', ({ apart }) => apart.cpu),
      atMost: 1.3,
      unit: '',
    },
    { what: 'added latency of a JSON call', value: added(({ json }) => json.latency), atMost: 0.3, unit: ' ms' },
    {
      what: "added time to a stream's first byte",
      value: added(({ stream }) => stream.firstByte),
      atMost: 1,
      unit: ' ms',
    },
    {
      what: 'the same where Promptmeter asks for the usage',
      value: added(({ unasked }) => unasked.firstByte),
      atMost: 1,
      unit: ' ms',
    },
  ];
}
