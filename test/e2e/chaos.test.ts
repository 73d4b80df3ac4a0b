import { PHASES, type ChaosSettings } from '../chaos/phases.js';

/** What `npm run test:chaos` does for ten minutes, for a few seconds. */
const SHORT: ChaosSettings = { seconds: 6, seed: 7, clients: 12 };

test.each(Object.keys(PHASES))(
  'under load and faults nothing is lost, nothing counts twice and nothing is left over: %s',
  async (name) => {
    const phase = await PHASES[name]?.(SHORT);
    expect(phase?.problems).toEqual([]);
    expect(phase?.findings).not.toEqual([]);
  },
  300_000,
);
