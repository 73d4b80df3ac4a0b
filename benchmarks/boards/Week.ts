const DAY = 86_400;
/** Calls a second at the mean of a day, as a share of what was counted. */
const PACE = 1 / 600;

interface Series {
  readonly key: string;
  readonly value: number;
  readonly counts: boolean;
  /** Digits that a change of it needs. */
  readonly digits: number;
  /** Models have their busiest hours at different times. */
  readonly phase: number;
}

/** The series of one exporter as they grow over days: what was counted once, again and again, with nights and noise. */
export class Week {
  readonly #series: readonly Series[];

  /** @param exposition What /metrics told once. */
  constructor(exposition: string) {
    this.#series = exposition.split('\n').flatMap((line) => {
      const [, name, labels = '', value] = /^(\w+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
      if (name === undefined) return [];
      const model = /model="([^"]*)"/.exec(labels)?.[1] ?? '';
      return {
        key: `${name}{${labels}}`,
        value: Number(value),
        counts: /_(total|bucket|sum|count)$/.test(name),
        digits: name.includes('usd') ? 6 : 2,
        phase: model.length % 8,
      };
    });
  }

  get size(): number {
    return this.#series.length;
  }

  /** One scrape, in Prometheus' text format. */
  at(seconds: number): string {
    return `${this.#series.map((each) => `${each.key} ${valueAt(each, seconds)}`).join('\n')}\n`;
  }

  /** The scrapes of a while as OpenMetrics with timestamps, one piece of text a series. */
  *history(from: number, to: number, step: number): Generator<string> {
    for (const each of this.#series) {
      const labels = each.key.replace('{', '{job="promptmeter",instance="127.0.0.1:9464",').replace(',}', '}');
      let text = '';
      for (let at = from; at < to; at += step) text += `${labels} ${valueAt(each, at)} ${at}\n`;
      yield text;
    }
    yield '# EOF\n';
  }
}

function valueAt({ value, counts, digits, phase }: Series, seconds: number): string {
  return counts ? (value * workUntil(seconds, phase)).toFixed(digits) : String(value);
}

/** How often the traffic that was counted has been made: the integral of a day's wave. */
function workUntil(seconds: number, phase: number): number {
  const wave = (period: number, depth: number): number => {
    const turn = (2 * Math.PI * (seconds + phase * 3600)) / period;
    return (depth * period * (1 - Math.cos(turn))) / (2 * Math.PI);
  };
  const since = seconds - Math.floor(Date.now() / 1000 / DAY - 60) * DAY;
  return PACE * (since + wave(DAY, 0.6) + wave(1700, 0.2) + wave(410, 0.1));
}
