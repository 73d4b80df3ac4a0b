import type { Config } from '../../../config/Config.js';
import type { Dashboard } from '../dashboard.js';
import { queriesOf } from '../queries.js';
import { COST_UID } from '../uids.js';
import { budgetRows } from './budgets.js';
import { now } from './now.js';
import { spending } from './spending.js';
import { tokenUse } from './tokenUse.js';
import { uncounted } from './uncounted.js';
import { unitCosts } from './unitCosts.js';

/** Where does the money go? */
export function cost(config: Config): Dashboard {
  const queries = queriesOf(config);
  return {
    name: 'cost',
    uid: COST_UID,
    title: 'AI calls / Cost and usage',
    description:
      'Where does the money go? Spend by model and by whom, budgets and forecasts, what a call and a token cost, caching, and calls whose cost is unknown.',
    from: 'now-6h',
    refresh: '1m',
    rows: [
      now(config, queries),
      ...spending(config, queries),
      ...budgetRows(config),
      ...unitCosts(queries),
      ...tokenUse(config, queries),
      ...uncounted(config),
    ],
  };
}
