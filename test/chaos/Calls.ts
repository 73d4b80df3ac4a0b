import { Agent } from 'node:http';
import { makeCall } from './mixed/makeCall.js';
import type { Scenario, Seen } from './mixed/scenarios.js';

const base = { weight: 1, stream: true, counted: [], ledger: [], seen: [] } as const;
const WHOLE: Scenario = { ...base, name: 'whole' };
/** Begins, and never ends by itself. */
const ENDLESS: Scenario = { ...base, name: 'endless', fault: 'stall=4' };

/** Calls of one kind, all at once. */
export class Calls {
  readonly #agent = new Agent({ keepAlive: false });
  #made = 0;

  constructor(private readonly gatewayUrl: string) {}

  /** Makes so many streamed calls and tells how each ended. */
  async make(number: number): Promise<readonly (Seen | 'refused')[]> {
    return await Promise.all(Array.from({ length: number }, () => this.#call(WHOLE)));
  }

  /** Begins so many streams that do not end. `begun` resolves when each has brought something. */
  begin(number: number): { readonly begun: Promise<unknown>; readonly ends: Promise<readonly (Seen | 'refused')[]> } {
    const calls = Array.from({ length: number }, () => {
      let begun: () => void = () => undefined;
      const first = new Promise<void>((resolve) => (begun = resolve));
      return { first, end: this.#call(ENDLESS, () => begun()) };
    });
    return {
      begun: Promise.all(calls.map(({ first }) => first)),
      ends: Promise.all(calls.map(({ end }) => end)),
    };
  }

  async #call(scenario: Scenario, onFirstBytes?: () => void): Promise<Seen | 'refused'> {
    this.#made += 1;
    const seen = await makeCall(scenario, {
      gatewayUrl: this.gatewayUrl,
      agent: this.#agent,
      leavesAfterMs: 0,
      prompt: `Call ${this.#made}`,
      ...(onFirstBytes !== undefined && { onFirstBytes }),
    });
    return seen ?? 'refused';
  }
}
