/** Bounds in seconds, ascending. */
export interface WaitBounds {
  readonly latency: readonly number[];
  readonly firstToken: readonly number[];
}

/** The thresholds that hold where nobody sets any: those of promptmeter.yaml that alerts have, too. */
export const DEFAULT_BOUNDS: WaitBounds = { latency: [10, 30], firstToken: [3, 10] };

/** The band of a call that had no first token: one that did not stream, or that failed before. */
export const NO_FIRST_TOKEN = 'none';

/** How long users waited, in a few bands: `<10s`, `10s-30s`, `>=30s`. */
export class WaitBands {
  readonly #latency: Scale;
  readonly #firstToken: Scale;

  constructor({ latency, firstToken }: WaitBounds) {
    this.#latency = scaleOf(latency);
    this.#firstToken = scaleOf(firstToken);
  }

  latency(ms: number): string {
    return bandAt(this.#latency, ms);
  }

  firstToken(ms: number | null): string {
    return ms === null ? NO_FIRST_TOKEN : bandAt(this.#firstToken, ms);
  }
}

interface Scale {
  readonly bounds: readonly number[];
  /** One more than the bounds. */
  readonly names: readonly string[];
}

function scaleOf(bounds: readonly number[]): Scale {
  const names = [0, ...bounds].map((from, at) => {
    const to = bounds[at];
    if (to === undefined) return `>=${from}s`;
    return at === 0 ? `<${to}s` : `${from}s-${to}s`;
  });
  return { bounds, names };
}

function bandAt({ bounds, names }: Scale, ms: number): string {
  let at = 0;
  while (at < bounds.length && ms >= (bounds[at] ?? Infinity) * 1000) at += 1;
  return names[at] ?? '';
}
