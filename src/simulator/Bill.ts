import type { Usage } from './tokens.js';

/** What one call cost, in US dollars; undefined when nobody knows. */
export type PriceCall = (model: string, usage: Usage) => number | undefined;

/** One line of one day's bill. */
export interface BillItem {
  readonly lineItem: string | null;
  /** US dollars; a text, as the API has sent it too, or a number. */
  readonly value: number | string;
  readonly currency?: string;
}

export const DAY_SECONDS = 86_400;
/** Older days are forgotten, so that a simulator that runs for years stays small. */
const MOST_DAYS = 400;

/** What the simulated API would ask for its answers, by day in UTC and model. */
export class Bill {
  readonly #days = new Map<number, Map<string, number>>();

  /**
   * @param price what a call costs; without it nothing is billed
   * @param now milliseconds since 1970
   */
  constructor(
    private readonly price: PriceCall | undefined,
    private readonly now: () => number = Date.now,
  ) {}

  /** Enters the tokens that were given out to one call of one of the simulator's models. */
  add(model: string, usage: Usage): void {
    if (usage.prompt === 0 && usage.completion === 0) return;
    const usd = this.price?.(model, usage);
    if (usd === undefined) return;
    const today = Math.floor(this.now() / 1000 / DAY_SECONDS) * DAY_SECONDS;
    const day = this.#days.get(today) ?? new Map<string, number>();
    day.set(model, (day.get(model) ?? 0) + usd);
    this.#days.set(today, day);
    const [oldest] = this.#days.keys();
    if (this.#days.size > MOST_DAYS && oldest !== undefined) this.#days.delete(oldest);
  }

  /** The lines of the day that begins at this second since 1970; none when nothing was billed. */
  get(day: number): readonly BillItem[] | undefined {
    const lines = this.#days.get(day);
    return lines === undefined ? undefined : [...lines].map(([lineItem, value]) => ({ lineItem, value }));
  }
}
