import { crashes } from './crashes.js';
import { mixedTraffic } from './mixed/mixedTraffic.js';
import type { Phase } from './Phase.js';
import { slowReader } from './slowReader.js';

export interface ChaosSettings {
  /** How long the mixed traffic lasts; the slow reader reads for a tenth of it. */
  readonly seconds: number;
  /** The same seed draws the same calls in the same order. */
  readonly seed: number;
  /** Calls at once. */
  readonly clients: number;
}

/** What happens to a real serve process, by name; each starts one of its own. */
export const PHASES: Readonly<Record<string, (settings: ChaosSettings) => Promise<Phase>>> = {
  'mixed traffic': (settings) => mixedTraffic(settings),
  'slow reader': ({ seconds }) => slowReader({ seconds: Math.max(2, seconds / 10) }),
  crashes: ({ clients }) => crashes({ calls: clients }),
};
