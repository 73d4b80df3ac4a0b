import type { Config } from '../../../config/Config.js';
import type { Dashboard } from '../dashboard.js';
import { queriesOf } from '../queries.js';
import { LATENCY_UID } from '../uids.js';
import { heatmaps } from './heatmaps.js';
import { now } from './now.js';
import { percentiles } from './percentiles.js';
import { sizes } from './sizes.js';
import { slowShares } from './slowShares.js';

/** Why is it slow? */
export function latency(config: Config): Dashboard {
  const queries = queriesOf(config);
  return {
    name: 'latency',
    uid: LATENCY_UID,
    title: 'AI calls / Latency and streaming',
    description:
      'Why are calls to AI models slow? Durations, first tokens and the pace of streams by model and operation, and the size of prompts and answers.',
    rows: [
      now(config, queries),
      heatmaps(config),
      ...percentiles(config, queries),
      ...slowShares(config),
      ...sizes(config, queries),
    ],
  };
}
