import type { Scenario, Seen } from './scenarios.js';

/** What the clients saw, by scenario. */
export class Tally {
  readonly #seen = new Map<string, Map<Seen, number>>();
  readonly #scenarios = new Map<string, Scenario>();

  add(scenario: Scenario, seen: Seen): void {
    this.#scenarios.set(scenario.name, scenario);
    const row = this.#seen.get(scenario.name) ?? new Map<Seen, number>();
    this.#seen.set(scenario.name, row);
    row.set(seen, (row.get(seen) ?? 0) + 1);
  }

  /** Those that were made, in the order of their first call. */
  get scenarios(): readonly Scenario[] {
    return [...this.#scenarios.values()];
  }

  of({ name }: Scenario): ReadonlyMap<Seen, number> {
    return this.#seen.get(name) ?? new Map();
  }

  /** Calls that reached the gateway. */
  calls(scenario: Scenario): number {
    return [...this.of(scenario)].reduce((sum, [seen, calls]) => sum + (seen === 'unanswered' ? 0 : calls), 0);
  }

  get total(): number {
    return this.scenarios.reduce((sum, scenario) => sum + this.calls(scenario), 0);
  }
}
