import { crashes } from './crashes.js';
import { mixedTraffic } from './mixed/mixedTraffic.js';
import type { Phase } from './Phase.js';
import { slowReader } from './slowReader.js';
import { workerKills } from './workers/workerKills.js';

export interface ChaosSettings {
  /** How long the mixed traffic lasts; workers are killed for a fifth of it, the slow reader reads for a tenth. */
  readonly seconds: number;
  /** The same seed draws the same calls in the same order. */
  readonly seed: number;
  /** Calls at once. */
  readonly clients: number;
}

/** What happens to a real serve process, by name; each starts one of its own. */
export const PHASES: Readonly<Record<string, (settings: ChaosSettings) => Promise<Phase>>> = {
  'mixed traffic': (settings) => mixedTraffic(settings),
  'workers killed': ({ seconds, ...rest }) => workerKills({ seconds: Math.max(5, seconds / 5), ...rest }),
  'slow reader': ({ seconds }) => slowReader({ seconds: Math.max(2, seconds / 10) }),
  crashes: ({ clients }) => crashes({ calls: clients }),
};
