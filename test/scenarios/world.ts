import type { InputSeries } from '../../src/generators/alerts/AlertGroup.js';
import { callsOf, counters, seriesOf, type Phase } from '../../src/generators/alerts/series.js';
import { DURATION_BUCKETS_MS, FIRST_TOKEN_BUCKETS_MS } from '../../src/metrics/buckets.js';
import { METRICS } from '../../src/metrics/catalogue.js';
import { Random } from '../../src/simulator/Random.js';
import type { Incident } from './Incident.js';

/** Minutes that are drawn together. A quarter of a whole number is exact, so no rounding looks like a restart. */
export const SEGMENT = 4;
const DAY = 1440;
const PROVIDER = 'openai';
/** Every third day at eleven the exporter is restarted with a release, and a few calls fail meanwhile. */
const DEPLOY_EVERY = 3 * DAY;
const DEPLOY_AT = 11 * 60;
const FAILING_IN_DEPLOY = 0.02;
const FAILING_ALWAYS = 0.004;
const ABORTED_ALWAYS = 0.02;
const TRUNCATED_ALWAYS = 0.03;

interface Model {
  readonly name: string;
  /** Calls a minute at the busiest. */
  readonly peak: number;
  readonly usd: number;
  readonly medianMs: number;
  readonly firstTokenMs: number;
}

const MODELS: readonly Model[] = [
  { name: 'gpt-4o-mini', peak: 40, usd: 0.0004, medianMs: 1500, firstTokenMs: 450 },
  { name: 'gpt-4o', peak: 12, usd: 0.008, medianMs: 2200, firstTokenMs: 600 },
];

/** What the exporter would have told over the days, as the series of a rule test with a sample a minute. */
export function world(days: number, incidents: readonly Incident[]): readonly InputSeries[] {
  const segments = Array.from({ length: (days * DAY) / SEGMENT }, (_, index) => index * SEGMENT);
  const blind = (minute: number) => incidents.some((each) => each.blind === true && during(each, minute));
  const phases = MODELS.map((model) => {
    const random = new Random('scenarios', model.name);
    return segments.map((minute, index): Phase => {
      const growth = blind(minute) ? {} : segment(random, model, minute, incidents);
      const begins = blind(minute) ? 'gone' : isDeploy(minute) ? 'restart' : undefined;
      return { steps: SEGMENT - (index === 0 ? 1 : 0), growth, ...(begins !== undefined && { begins }) };
    });
  });
  const told = (up: string, down: string) =>
    segments.map((minute) => `${blind(minute) ? down : up}x${SEGMENT - 1}`).join(' ');
  return [
    ...phases.flatMap(counters),
    { series: METRICS.buildInfo.name, values: told('1', 'stale _') },
    { series: seriesOf('up', { job: 'promptmeter', instance: 'exporter:9464' }), values: told('1', '0') },
  ];
}

function during({ start, minutes }: Incident, minute: number): boolean {
  return minute >= start && minute < start + minutes;
}

function isDeploy(minute: number): boolean {
  return minute % DEPLOY_EVERY === DEPLOY_AT;
}

/** The busiest hour is two in the afternoon; nights have a twenty-fifth of it and weekends half. */
function rhythm(minute: number): number {
  const hour = (minute / 60) % 24;
  const day = Math.floor(minute / DAY) % 7;
  const wave = ((1 + Math.cos((2 * Math.PI * (hour - 14)) / 24)) / 2) ** 2;
  // Day 0 is a Thursday.
  return (0.04 + 0.96 * wave) * (day === 2 || day === 3 ? 0.5 : 1);
}

function segment(
  random: Random,
  { name, peak, usd, medianMs, firstTokenMs }: Model,
  minute: number,
  incidents: readonly Incident[],
): Phase['growth'] {
  const here = incidents.filter((each) => during(each, minute) && (each.model ?? name) === name);
  const factor = (of: (incident: Incident) => number | undefined) =>
    here.reduce((all, each) => all * (of(each) ?? 1), 1);
  const calls = poisson(random, peak * rhythm(minute) * SEGMENT * factor(({ traffic }) => traffic));
  const failing = here.find((each) => each.failing !== undefined)?.failing;
  const truncated = here.find((each) => each.truncated !== undefined)?.truncated ?? TRUNCATED_ALWAYS;
  const slower = factor((each) => each.slower);
  const firstTokenSlower = slower * factor((each) => each.firstTokenSlower);
  const tally = new Tally(name);
  for (let call = 0; call < calls; call += 1) {
    const luck = random.float();
    if (failing !== undefined && luck < failing.share) {
      tally.fail(failing.errorType);
      continue;
    }
    if (random.chance(isDeploy(minute) ? FAILING_IN_DEPLOY : FAILING_ALWAYS)) {
      tally.fail('server_error');
      continue;
    }
    if (random.chance(ABORTED_ALWAYS)) {
      tally.fail('aborted');
      continue;
    }
    const first = random.logNormal(firstTokenMs * firstTokenSlower, 0.4);
    const rest = random.logNormal(medianMs * slower, 0.5);
    tally.succeed(first, first + rest, random.chance(truncated));
  }
  return tally.growth(usd * factor(({ dearer }) => dearer));
}

/** Counts of one model in one segment. */
class Tally {
  readonly #errors = new Map([
    ['server_error', 0],
    ['aborted', 0],
  ]);
  readonly #finished = { stop: 0, length: 0 };
  readonly #firstTokens: number[] = [];
  readonly #durations: number[] = [];

  constructor(private readonly model: string) {}

  fail(errorType: string): void {
    this.#errors.set(errorType, (this.#errors.get(errorType) ?? 0) + 1);
  }

  succeed(firstTokenMs: number, durationMs: number, truncated: boolean): void {
    this.#finished[truncated ? 'length' : 'stop'] += 1;
    this.#firstTokens.push(firstTokenMs);
    this.#durations.push(durationMs);
  }

  /** A minute's share of it. */
  growth(usd: number): Phase['growth'] {
    const base = { provider: PROVIDER, model: this.model };
    const labels = { ...base, operation: 'chat' };
    const aborted = this.#errors.get('aborted') ?? 0;
    const failed = [...this.#errors.values()].reduce((sum, count) => sum + count, 0) - aborted;
    const { errors, finish, usageMissing, unpriced, cost, duration, firstToken } = METRICS;
    const ended = (status: string, count: number) => Object.entries(callsOf({ ...labels, status }, count));
    const counts: readonly (readonly [series: string, count: number])[] = [
      ...ended('success_stream', this.#durations.length),
      ...ended('error_stream', failed),
      ...ended('aborted_stream', aborted),
      ...[...this.#errors].map(
        ([error_type, count]) => [seriesOf(errors.name, { ...labels, error_type }), count] as const,
      ),
      ...Object.entries(this.#finished).map(
        ([finish_reason, count]) => [seriesOf(finish.name, { ...base, finish_reason }), count] as const,
      ),
      [seriesOf(usageMissing.name, { ...base, reason: 'aborted' }), aborted],
      [seriesOf(unpriced.name, base), 0],
      ...histogram(duration.name, DURATION_BUCKETS_MS, { ...labels, status: 'success_stream' }, this.#durations),
      ...histogram(firstToken.name, FIRST_TOKEN_BUCKETS_MS, labels, this.#firstTokens),
    ];
    const spent = Math.max(1e-6, (this.#durations.length * usd) / SEGMENT);
    return {
      ...Object.fromEntries(counts.map(([series, count]) => [series, count / SEGMENT])),
      [seriesOf(cost.name, labels)]: spent,
    };
  }
}

function histogram(
  name: string,
  bounds: readonly number[],
  labels: Readonly<Record<string, string>>,
  values: readonly number[],
): readonly (readonly [series: string, count: number])[] {
  const upTo = (bound: number) => values.filter((value) => value <= bound).length;
  return [
    ...bounds.map((le) => [seriesOf(`${name}_bucket`, { ...labels, le: String(le) }), upTo(le)] as const),
    [seriesOf(`${name}_bucket`, { ...labels, le: '+Inf' }), values.length],
    [seriesOf(`${name}_count`, labels), values.length],
  ];
}

/** How many come when so many are expected; by the normal distribution where that is near enough. */
function poisson(random: Random, mean: number): number {
  if (mean <= 0) return 0;
  if (mean > 50) return Math.max(0, Math.round(mean + Math.sqrt(mean) * random.normal()));
  let count = 0;
  for (let time = random.exponential(1); time < mean; time += random.exponential(1)) count += 1;
  return count;
}
