import type { Panel, Target } from '../dashboard/Dashboard.js';
import type { Frame } from '../frames/Frame.js';
import { framesOf } from '../frames/framesOf.js';
import { durationText } from '../query/duration.js';
import { interpolate, interpolateQuery } from '../query/interpolate.js';
import { aligned, rateIntervalMs, stepMs } from '../query/interval.js';
import type { Exemplar } from '../query/Exemplar.js';
import type { Prometheus, Series } from '../query/Prometheus.js';
import { momentOf, type TimeRange } from '../query/timeRange.js';
import { fixed, type Scope } from '../query/VariableValue.js';

/** What a panel's queries gave. */
export interface PanelData {
  readonly frames: readonly Frame[];
  readonly range: TimeRange;
  readonly stepMs: number;
  /** Single calls to be marked, newest first. */
  readonly exemplars: readonly Exemplar[];
  /** One sentence a query that failed. */
  readonly problems: readonly string[];
}

const MOST_EXEMPLARS = 200;

/** Runs the queries of one refresh of one dashboard; panels that ask the same get the same answer. */
export class QueryRunner {
  readonly #answers = new Map<string, Promise<readonly Series[]>>();

  constructor(
    private readonly prometheus: Prometheus,
    private readonly dashboardRange: TimeRange,
    private readonly scope: Scope,
    private readonly scrapeMs: number,
    private readonly signal: AbortSignal,
  ) {}

  /** @param width The panel's width in pixels; a chart needs no more points than that. */
  async run(panel: Panel, width: number): Promise<PanelData> {
    const range = this.#rangeOf(panel);
    const points = panel.maxDataPoints ?? Math.max(100, width);
    const interval = interpolate(panel.interval, this.scope);
    const results = await Promise.allSettled(
      panel.targets.map(async (target) => this.#target(target, panel, range, points, interval)),
    );
    const exemplars = await this.#exemplars(panel, range, points, interval);
    this.signal.throwIfAborted();
    return {
      exemplars,
      frames: results.flatMap((result) => (result.status === 'fulfilled' ? result.value : [])),
      problems: [
        ...new Set(results.flatMap((result) => (result.status === 'rejected' ? [reasonOf(result.reason)] : []))),
      ],
      range,
      stepMs: stepMs(range, points, interval, this.scrapeMs),
    };
  }

  #rangeOf({ timeFrom }: Panel): TimeRange {
    const { to } = this.dashboardRange;
    // `6h` counts back from now; `now/M` names the beginning itself, as of this month.
    const from = timeFrom === '' ? undefined : momentOf(timeFrom.startsWith('now') ? timeFrom : `now-${timeFrom}`, to);
    return from === undefined ? this.dashboardRange : { from, to };
  }

  async #target(
    target: Target,
    panel: Panel,
    range: TimeRange,
    points: number,
    interval: string,
  ): Promise<readonly Frame[]> {
    const own = interpolate(target.interval, this.scope);
    const step = stepMs(range, points, own === '' ? interval : own, this.scrapeMs);
    const expr = interpolateQuery(target.expr, { ...this.scope, ...queryScope(range, step, this.scrapeMs) });
    const amongOthers = panel.targets.length > 1;
    const answers = await Promise.all([
      ...(target.range ? [this.#ask(expr, range, step)] : []),
      ...(target.instant ? [this.#ask(expr, range, undefined)] : []),
    ]);
    const legend = { ...target, expr, legendFormat: interpolate(target.legendFormat, this.scope) };
    return answers.flatMap((series) => framesOf({ target: legend, series, amongOthers }));
  }

  /** Several queries of a panel look at the same calls; without exemplars a panel is as good as it was. */
  async #exemplars(panel: Panel, range: TimeRange, points: number, interval: string): Promise<readonly Exemplar[]> {
    if (panel.type !== 'timeseries') return [];
    const step = stepMs(range, points, interval, this.scrapeMs);
    const scope = { ...this.scope, ...queryScope(range, step, this.scrapeMs) };
    const asked = panel.targets.filter(({ exemplar }) => exemplar).map(({ expr }) => interpolateQuery(expr, scope));
    const answers = await Promise.all(
      asked.map(async (expr) => this.prometheus.exemplars(expr, range, this.signal).catch(() => [])),
    );
    const once = new Map(answers.flat().map((each) => [`${each.traceId} ${each.value}`, each]));
    return [...once.values()].sort((a, b) => b.at - a.at).slice(0, MOST_EXEMPLARS);
  }

  async #ask(expr: string, range: TimeRange, step: number | undefined): Promise<readonly Series[]> {
    const key = JSON.stringify([expr, range, step]);
    const known = this.#answers.get(key);
    if (known !== undefined) return known;
    const answer =
      step === undefined
        ? this.prometheus.instant(expr, range.to, this.signal)
        : this.prometheus.range(expr, aligned(range, step), step, this.signal);
    this.#answers.set(key, answer);
    return answer;
  }
}

/** The variables that depend on a query's step. */
export function queryScope({ from, to }: TimeRange, step: number, scrapeMs: number): Scope {
  const rangeMs = to - from;
  return {
    __interval: fixed(durationText(step)),
    __interval_ms: fixed(String(Math.round(step))),
    __rate_interval: fixed(durationText(rateIntervalMs(step, scrapeMs))),
    __rate_interval_ms: fixed(String(Math.round(rateIntervalMs(step, scrapeMs)))),
    __range: fixed(`${Math.round(rangeMs / 1000)}s`),
    __range_s: fixed(String(Math.round(rangeMs / 1000))),
    __range_ms: fixed(String(Math.round(rangeMs))),
    __from: fixed(String(Math.round(from))),
    __to: fixed(String(Math.round(to))),
  };
}

function reasonOf(reason: unknown): string {
  return reason instanceof Error ? reason.message : String(reason);
}
