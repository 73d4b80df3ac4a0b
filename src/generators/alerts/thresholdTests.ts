import type { Config } from '../../config/Config.js';
import { durationSeconds } from '../promql/duration.js';
import type { ExpectedValues, Expectation, RuleTest } from './AlertGroup.js';
import { counters, type Phase } from './series.js';
import { LEVEL } from './level.js';
import type { Signal } from './Signal.js';
import { firing } from './testing.js';
import { thresholdAnnotations } from './thresholdAnnotations.js';
import { timelineOf, type Timeline } from './thresholdTimeline.js';
import { boundsOf, type ThresholdScope } from './thresholdScopes.js';
import { urlquery } from './urlquery.js';

const PROVIDER = 'openai';
/** Stands for every model that has no threshold of its own. */
const ANY_MODEL = 'any/model 1';

/** Factors with enough digits that no rounded value in an annotation lies half-way between two. */
const FAR = 1.05317;
const NEAR = 0.94683;
/** How many times the traffic that it takes. */
const ENOUGH = 2;
/** How much of a long history has traffic: as much as rules compare with. The rest would only take time. */
const ORDINARY_SECONDS = 86_400;
/** The share of that traffic at which it stays silent. */
const LITTLE = 0.8;

/**
 * For each severity of one threshold: it fires and resolves, does not fire just below, and not with too little
 * traffic. For the first of them: a restart in the middle changes nothing, and it ends when no data comes.
 */
export function thresholdTests(config: Config, signal: Signal, scope: ThresholdScope): readonly RuleTest[] {
  return boundsOf(scope.threshold).flatMap(({ severity, bound }, index) => {
    const cases = new Cases(config, signal, scope, bound);
    const all = [
      cases.fires(),
      cases.silent(),
      ...(scope.threshold.minimumRequests > 0 ? [cases.quiet()] : []),
      ...(signal.fewest === undefined ? [] : [cases.few()]),
      ...(index === 0 ? [cases.restarts(), cases.ends()] : []),
    ];
    const told = signal.history === undefined ? all : [cases.inTurn(all)];
    const name = `${signal.alert} ${severity} (${scope.name ?? 'default'})`;
    return told.map((each) => ({ ...cases.test(each), name: `${name} ${each.name}` }));
  });
}

/** When a test looks, and the value by which alerts must fire then; undefined: none must. */
interface Moment {
  readonly seconds: number;
  readonly value: number | undefined;
}

const at = (seconds: number, value: number | undefined): Moment => ({ seconds, value });

/** One promise: what happens, and when to look; both from the end of the history. */
interface Case {
  readonly name: string;
  readonly phases: readonly Phase[];
  readonly moments: readonly Moment[];
}

/** The tests of one bound. */
class Cases {
  readonly #timeline: Timeline;
  readonly #bad: number;
  readonly #almost: number;

  constructor(
    private readonly config: Config,
    private readonly signal: Signal,
    private readonly scope: ThresholdScope,
    bound: number,
  ) {
    const { lessIsWorse, greatest } = signal;
    this.#timeline = timelineOf(scope.threshold, signal);
    const above = Math.min(bound * FAR, bound + (greatest - bound) * 0.4537);
    this.#bad = lessIsWorse === true ? bound * NEAR : above;
    this.#almost = lessIsWorse === true ? above : bound * NEAR;
  }

  fires(): Case {
    const { early, late, over } = this.#timeline;
    return {
      name: 'fires after its time and resolves',
      phases: [this.#phase(this.#bad), this.#well()],
      moments: [at(early, undefined), at(late, this.#bad), at(over, undefined)],
    };
  }

  silent(): Case {
    return {
      name: 'does not fire just below',
      phases: [this.#phase(this.#almost)],
      moments: [at(this.#timeline.late, this.#almost)],
    };
  }

  quiet(): Case {
    const { fewest = 0, greatest } = this.signal;
    // Enough bad calls, so that nothing but the number of all calls keeps it silent.
    const several = Math.min(greatest, (1.3 * fewest) / (LITTLE * this.scope.threshold.minimumRequests));
    return {
      name: 'does not fire with too little traffic',
      phases: [this.#phase(Math.max(this.#bad, several), LITTLE)],
      moments: [at(this.#timeline.late, undefined)],
    };
  }

  few(): Case {
    const { fewest = 1, greatest } = this.signal;
    const { minimumRequests } = this.scope.threshold;
    // As many calls as are needed, or one and a half if that is fewer, of which so few are bad.
    const calls = Math.max(minimumRequests, 1.5);
    const share = Math.min(greatest, (0.9 * fewest) / calls);
    const phase = this.#phase(share, (1.01 * calls) / Math.max(1, minimumRequests));
    return {
      name: 'does not fire on a few bad calls',
      phases: [phase],
      moments: [at(this.#timeline.late, undefined)],
    };
  }

  restarts(): Case {
    const phase = this.#phase(this.#bad);
    const { steps } = phase;
    const first = Math.floor(steps / 2);
    const halves: Phase[] = [
      { ...phase, steps: first },
      { ...phase, steps: steps - first, begins: 'restart' },
    ];
    return {
      name: 'fires through a restart in the middle',
      phases: halves,
      moments: [at(this.#timeline.late, this.#bad)],
    };
  }

  ends(): Case {
    const gone: Phase = { steps: this.#timeline.steps, growth: {}, begins: 'gone' };
    return {
      name: 'ends when no data comes',
      phases: [this.#phase(this.#bad), gone],
      moments: [at(this.#timeline.over, undefined)],
    };
  }

  /** One after the other, well in between, so that the history comes but once. */
  inTurn(cases: readonly Case[]): Case {
    const { step } = this.#timeline;
    let start = 0;
    const shifted = cases.map(({ phases, moments }) => {
      const own = [...phases, this.#well()];
      const all = { phases: own, moments: moments.map(({ seconds, value }) => at(start + seconds, value)) };
      start += own.reduce((sum, { steps }) => sum + steps, 0) * step;
      return all;
    });
    return {
      name: cases.map(({ name }) => name).join('; '),
      phases: shifted.flatMap(({ phases }) => phases),
      moments: shifted.flatMap(({ moments }) => moments),
    };
  }

  test({ name, phases, moments }: Case): RuleTest {
    const { step, evaluation } = this.#timeline;
    const before = this.#history();
    const start = before.reduce((sum, { steps }) => sum + steps, 0) * step;
    const looks = moments.map(({ seconds, value }) => at(start + seconds, value));
    const test = {
      name,
      interval: step,
      ...(evaluation !== step && { evaluation }),
      input_series: counters([...before, ...phases]),
    };
    // The calls of one operation or application are calls of the model too, whose own alert may fire as well.
    if (this.scope.by.length > LEVEL.length) {
      return { ...test, promql_expr_test: looks.flatMap((moment) => this.#counted(moment)) };
    }
    return { ...test, alert_rule_test: looks.map((moment) => this.#whole(moment)) };
  }

  #history(): readonly Phase[] {
    const { history, step } = this.#timeline;
    if (history === 0) return [];
    const ordinary = Math.min(history, Math.ceil(ORDINARY_SECONDS / step));
    return [
      { ...this.#phase(1), steps: ordinary },
      { steps: history - ordinary, growth: {}, begins: 'gone' },
    ];
  }

  #labels(): Readonly<Record<string, string>> {
    return { provider: PROVIDER, model: ANY_MODEL, operation: 'chat', ...this.scope.fixed };
  }

  #phase(value: number, share = ENOUGH): Phase {
    const { threshold } = this.scope;
    const { step, steps } = this.#timeline;
    const least = Math.min(...boundsOf(threshold).map(({ bound }) => bound));
    const forFewest = share === ENOUGH && this.signal.fewest !== undefined ? this.signal.fewest / least : 1;
    const perWindow = share * Math.max(forFewest, threshold.minimumRequests);
    const calls = (perWindow * step) / durationSeconds(threshold.window);
    const traffic = { labels: this.#labels(), value, calls, step };
    const gauges = this.signal.gauges?.(traffic);
    return { steps, growth: this.signal.growth(traffic), ...(gauges !== undefined && { gauges }) };
  }

  /** On the good side of every bound. */
  #well(): Phase {
    const bounds = boundsOf(this.scope.threshold).map(({ bound }) => bound);
    return this.#phase(this.signal.lessIsWorse === true ? (1 + Math.max(...bounds)) / 2 : Math.min(...bounds) / 2);
  }

  /** Every severity whose bound the value is beyond; none where nothing is to fire. */
  #beyond({ value }: Moment, bound: number): boolean {
    return value !== undefined && (this.signal.lessIsWorse === true ? value < bound : value > bound);
  }

  #whole(moment: Moment): Expectation {
    return {
      eval_time: `${moment.seconds}s`,
      alertname: this.signal.alert,
      exp_alerts: boundsOf(this.scope.threshold)
        .filter(({ bound }) => this.#beyond(moment, bound))
        .map(({ severity, bound }) => this.#alert(severity, bound, moment.value ?? 0)),
    };
  }

  #counted(moment: Moment): readonly ExpectedValues[] {
    const { threshold, fixed } = this.scope;
    return boundsOf(threshold).map(({ severity, bound }) =>
      firing(this.signal.alert, { severity, ...fixed }, `${moment.seconds}s`, this.#beyond(moment, bound) ? 1 : 0),
    );
  }

  #alert(severity: string, bound: number, value: number): Expectation['exp_alerts'][number] {
    const { config, signal, scope } = this;
    const { extra } = signal;
    const all: Readonly<Record<string, string>> = {
      ...this.#labels(),
      ...(extra !== undefined && { [extra.label]: extra.sample }),
    };
    const label = (name: string) => all[name] ?? '';
    const carried = [...scope.by, ...(extra === undefined ? [] : [extra.label])];
    return {
      exp_labels: { severity, ...Object.fromEntries(carried.map((name) => [name, label(name)])) },
      exp_annotations: thresholdAnnotations(config, signal, scope, bound, {
        label,
        encoded: (name) => urlquery(label(name)),
        value: signal.unit.write(value),
      }),
    };
  }
}
