import type { Config } from '../../../config/Config.js';
import type { Dashboard } from '../dashboard.js';
import { queriesOf } from '../queries.js';
import { OVERVIEW_UID } from '../uids.js';
import { graphs } from './graphs.js';
import { models } from './models.js';
import { promises } from './promises.js';
import { shownThresholds } from '../styles/shownThresholds.js';
import { now } from './now.js';

/** Is it healthy? */
export function overview(config: Config): Dashboard {
  const queries = queriesOf(config);
  const shown = shownThresholds(config);
  return {
    name: 'overview',
    uid: OVERVIEW_UID,
    title: 'AI calls / Overview',
    description: 'Are the calls to AI models healthy? Traffic, errors, latency, tokens and cost by model.',
    rows: [now(queries, shown), promises(config, queries), models(config, queries, shown), ...graphs(queries, shown)],
  };
}
