import { DEFAULT_THRESHOLDS } from '../../../src/config/defaults.js';
import { seconds } from '../../../src/config/duration.js';
import { INCIDENTS } from '../../../src/simulator/faults/incidents.js';
import { RHYTHM_SWING } from '../../../src/simulator/traffic/rhythm.js';
import { byModel, sampleTraffic, type SampledCall } from '../../helpers/sampleTraffic.js';

const CALLS = 600;
const CALLS_PER_HOUR = 3 * 3600;
const INCIDENT_SECONDS = 300;

const normal = sampleTraffic(CALLS);
const models = [...byModel(normal).keys()];
const { latencyP95, firstTokenP95, errorRatio, costPerHour } = DEFAULT_THRESHOLDS;

/** US dollars an hour, at the mean rate of the traffic. */
const spend = (calls: readonly SampledCall[], model: string) =>
  ((byModel(calls).get(model) ?? []).reduce((sum, { usd }) => sum + usd, 0) / CALLS) * CALLS_PER_HOUR;

const shareAbove = (values: readonly number[], bound: number) =>
  values.filter((value) => value > bound).length / values.length;

const durations = (calls: readonly SampledCall[], model: string) =>
  (byModel(calls).get(model) ?? []).map(({ durationMs }) => durationMs);

const firstTokens = (calls: readonly SampledCall[], model: string) =>
  (byModel(calls).get(model) ?? []).flatMap(({ firstTokenMs }) => firstTokenMs ?? []);

/** The bucket of the first token's histogram that ends below the warning: what lies above it blurs the p95. */
const FIRST_TOKEN_BUCKET_MS = 2000;

describe('normal traffic stays clearly below every default threshold', () => {
  it.each(models)('%s costs less than half of the warning, even at the busiest hour', (model) => {
    expect(spend(normal, model) * (1 + RHYTHM_SWING)).toBeLessThan(costPerHour.warning! / 2);
  });

  it.each(models)('%s has at most 2 of 100 calls beyond the warning for latency', (model) => {
    expect(shareAbove(durations(normal, model), latencyP95.warning! * 1000)).toBeLessThan(0.02);
  });

  it.each(models)('%s has at most 3 of 100 first tokens in the bucket of the warning', (model) => {
    expect(FIRST_TOKEN_BUCKET_MS).toBeLessThan(firstTokenP95.warning! * 1000);
    const tokens = firstTokens(normal, model);
    expect(tokens.length === 0 ? 0 : shareAbove(tokens, FIRST_TOKEN_BUCKET_MS)).toBeLessThan(0.03);
  });

  it('has at least 8 of 100 calls for every model, so that each has data soon', () => {
    for (const [, calls] of byModel(normal)) expect(calls.length / CALLS).toBeGreaterThan(0.06);
  });
});

describe('an incident crosses its default threshold', () => {
  const window = seconds(costPerHour.window);
  const costly = {
    warning: sampleTraffic(CALLS, INCIDENTS.cost.warning),
    critical: sampleTraffic(CALLS, INCIDENTS.cost.critical),
  };
  /** The spend that the alert sees at the end of an incident of five minutes. */
  const seen = (severity: 'warning' | 'critical') =>
    Math.max(...models.map((model) => (spend(costly[severity], model) * INCIDENT_SECONDS) / window));

  it('of cost: warning, and not critical, at the mean rate; critical even at the quietest hour', () => {
    expect(seen('warning') * (1 - RHYTHM_SWING)).toBeGreaterThan(costPerHour.warning!);
    expect(seen('warning')).toBeLessThan(costPerHour.critical!);
    expect(seen('critical') * (1 - RHYTHM_SWING)).toBeGreaterThan(costPerHour.critical!);
  });

  it('of cost: without making calls slower', () => {
    const slowest = Math.max(...models.map((model) => shareAbove(durations(costly.critical, model), 10_000)));
    expect(slowest).toBeLessThan(0.02);
  });

  it.each([
    ['warning', latencyP95.warning!, firstTokenP95.warning!],
    ['critical', latencyP95.critical!, firstTokenP95.critical!],
  ] as const)('of latency: %s, for calls and for first tokens', (severity, latency, firstToken) => {
    const slow = sampleTraffic(CALLS / 4, INCIDENTS.latency[severity]);
    expect(shareAbove(durations(slow, 'gpt-4o'), latency * 1000)).toBeGreaterThan(0.3);
    expect(shareAbove(firstTokens(slow, 'gpt-5'), firstToken * 1000)).toBeGreaterThan(0.3);
  });

  it.each([
    ['warning', errorRatio.warning!],
    ['critical', errorRatio.critical!],
  ] as const)('of errors: %s, twice over', (severity, bound) => {
    const whole = INCIDENTS.errors[severity].reduce((share, { probability }) => share * (1 - probability), 1);
    expect(1 - whole).toBeGreaterThan(2 * bound - 0.005);
  });
});
