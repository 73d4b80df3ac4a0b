import { Agent } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { Random } from '../../../src/simulator/Random.js';
import { makeCall } from './makeCall.js';
import { SCENARIOS, STORM, type Scenario, type Seen } from './scenarios.js';
import { Tally } from './Tally.js';

export interface TrafficSettings {
  readonly gatewayUrl: string;
  readonly seed: number;
  /** Calls at once. */
  readonly clients: number;
  /** Where to go on counting; a new one when absent. */
  readonly tally?: Tally;
  /** Gets the end of every call by its trace id. With it clients go on after a connection that broke. */
  readonly follow?: (traceId: string, scenario: Scenario, seen: Seen) => void;
}

/** The last few of so many calls of each client fall into a storm of refusals. */
const STORM_EVERY = 20;
const STORM_CALLS = 4;

/** Clients that call one after the other until they are told to stop, or nobody takes their calls any more. */
export class Traffic {
  readonly tally: Tally;
  readonly #settings: TrafficSettings;
  readonly #agent = new Agent({ keepAlive: true });
  readonly #clients: Promise<void>[];
  #stopped = false;
  #mayLeave = true;
  #leaving = 0;

  constructor(settings: TrafficSettings) {
    this.#settings = settings;
    this.tally = settings.tally ?? new Tally();
    this.#clients = Array.from({ length: settings.clients }, (_, client) => this.#client(client));
  }

  /** Lets every call that runs end and makes no more. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all(this.#clients);
    this.#agent.destroy();
  }

  /** From here on nobody leaves before its answer began: of such a call nobody could say whether it still was taken. */
  async stayUntilAnswered(): Promise<void> {
    this.#mayLeave = false;
    while (this.#leaving > 0) await wait(5);
  }

  async #client(client: number): Promise<void> {
    const { seed, gatewayUrl, follow } = this.#settings;
    const random = new Random('chaos', seed, client);
    for (let number = 0; !this.#stopped; number += 1) {
      const isStorm = number % STORM_EVERY >= STORM_EVERY - STORM_CALLS;
      const scenario = draw(isStorm ? STORM : SCENARIOS, random);
      const settings = {
        gatewayUrl,
        agent: this.#agent,
        leavesAfterMs: random.int(2, 25),
        prompt: `Call ${number} of client ${client}`,
        traceId: hex(client + 1, 8) + hex(number + 1, 24),
      };
      const leaves = scenario.reading === 'leaves before the answer';
      if (leaves && !this.#mayLeave) continue;
      if (leaves) this.#leaving += 1;
      const seen = await makeCall(scenario, settings);
      if (leaves) this.#leaving -= 1;
      // Nobody listens any more, so that this call was none.
      if (seen === undefined) return;
      this.tally.add(scenario, seen);
      follow?.(settings.traceId, scenario, seen);
      if (seen === 'unanswered' && follow === undefined) return;
    }
  }
}

function hex(number: number, digits: number): string {
  return number.toString(16).padStart(digits, '0');
}

function draw(scenarios: readonly Scenario[], random: Random): Scenario {
  let left = random.float() * scenarios.reduce((sum, { weight }) => sum + weight, 0);
  const found = scenarios.find(({ weight }) => (left -= weight) < 0);
  const [first] = scenarios;
  const drawn = found ?? first;
  if (drawn === undefined) throw new RangeError('there are no scenarios');
  return drawn;
}
