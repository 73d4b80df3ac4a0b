import type { Config } from '../../config/Config.js';
import { durationSeconds } from '../promql/duration.js';
import type { Expectation, RuleTest } from './AlertGroup.js';
import { counters, type Phase } from './series.js';
import type { Signal } from './Signal.js';
import { thresholdAnnotations } from './thresholdAnnotations.js';
import { boundsOf, type ThresholdScope } from './thresholdScopes.js';

/** A provider that needs encoding in a URL would be refused by the configuration; a model's name may hold anything. */
const PROVIDER = 'openai';
const STEPS_PER_WINDOW = 20;
/** Stands for every model that has no threshold of its own. */
const ANY_MODEL = 'any/model 1';

/** Factors with enough digits that no rounded value in an annotation lies half-way between two. */
const ABOVE = 1.05317;
const BELOW = 0.94683;

/** For each severity of one threshold: it fires and resolves, does not fire just below, and not with too little traffic. */
export function thresholdTests(config: Config, signal: Signal, scope: ThresholdScope): readonly RuleTest[] {
  const timeline = timelineOf(scope);
  const model = scope.model ?? ANY_MODEL;
  return boundsOf(scope.threshold).flatMap(({ severity, bound }) => {
    const above = Math.min(bound * ABOVE, bound + (signal.greatest - bound) * 0.4537);
    const below = bound * BELOW;
    const name = `${signal.alert} ${severity} (${scope.model ?? 'default'})`;
    const run = (promise: string, value: number, share: number, ends: readonly (readonly [number, boolean])[]): RuleTest => ({
      name: `${name} ${promise}`,
      interval: timeline.step,
      input_series: counters(phases(signal, scope, timeline, model, value, share)),
      alert_rule_test: ends.map(([at, fires]) => expectation(config, signal, scope, model, at, fires ? value : 0)),
    });
    const { early, late, over } = timeline;
    const fires = run('fires after its time and resolves', above, 2, [
      [early, false],
      [late, true],
      [over, false],
    ]);
    const silent = run('does not fire just below', below, 2, [[late, true]]);
    const quiet = run('does not fire with too little traffic', above, 0.8, [[late, false]]);
    return scope.threshold.minimumRequests > 0 ? [fires, silent, quiet] : [fires, silent];
  });
}

interface Timeline {
  /** Seconds between samples. */
  readonly step: number;
  /** Steps of each half: first bad, then good. */
  readonly steps: number;
  /** Before the alert can have waited for its time. */
  readonly early: number;
  /** At the end of the bad half. */
  readonly late: number;
  /** At the end of the good half. */
  readonly over: number;
}

function timelineOf({ threshold }: ThresholdScope): Timeline {
  const window = durationSeconds(threshold.window);
  const wait = durationSeconds(threshold.for);
  const step = Math.max(1, Math.floor(window / STEPS_PER_WINDOW));
  const steps = Math.ceil((window + wait) / step) + 4;
  return { step, steps, early: Math.max(0, wait - step), late: steps * step, over: 2 * steps * step };
}

function phases(
  signal: Signal,
  { threshold }: ThresholdScope,
  { step, steps }: Timeline,
  model: string,
  value: number,
  share: number,
): readonly Phase[] {
  const perWindow = share * Math.max(1, threshold.minimumRequests);
  const calls = (perWindow * step) / durationSeconds(threshold.window);
  const lowest = Math.min(...boundsOf(threshold).map(({ bound }) => bound));
  const traffic = { provider: PROVIDER, model, calls, step };
  return [
    { steps, growth: signal.growth({ ...traffic, value }) },
    { steps, growth: signal.growth({ ...traffic, value: lowest / 2 }) },
  ];
}

/** Every severity whose bound the value is above; none when it is 0. */
function expectation(
  config: Config,
  signal: Signal,
  scope: ThresholdScope,
  model: string,
  at: number,
  value: number,
): Expectation {
  const named = {
    provider: PROVIDER,
    model,
    value: signal.unit.write(value),
    encoded: (label: 'provider' | 'model') => encode(label === 'model' ? model : PROVIDER),
  };
  return {
    eval_time: `${at}s`,
    alertname: signal.alert,
    exp_alerts: boundsOf(scope.threshold)
      .filter(({ bound }) => value > bound)
      .map(({ severity, bound }) => ({
        exp_labels: { severity, provider: PROVIDER, model },
        exp_annotations: thresholdAnnotations(config, signal, scope, bound, named),
      })),
  };
}

/** As Go's urlquery does, which leaves fewer characters as they are than encodeURIComponent. */
function encode(text: string): string {
  return encodeURIComponent(text)
    .replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+');
}
