import { Dollars, Short } from '@grafana/grafana-foundation-sdk/units';
import type { Config } from '../../../config/Config.js';
import { count, orNumber } from '../../promql/functions.js';
import { is } from '../../promql/match.js';
import { ofPrometheus } from '../../promql/prometheusSeries.js';
import { OUR_ALERTS } from '../annotations.js';
import { budgetUsedBars } from '../budgetPanels.js';
import type { Row } from '../layout.js';
import { linkTo } from '../links.js';
import { budgetLeftTiles } from '../objectivePanels.js';
import type { Queries } from '../queries.js';
import { HEIGHT } from '../rows.js';
import { stat, total } from '../styles/stat.js';
import { risingSteps } from '../styles/thresholds.js';
import { COST_UID } from '../uids.js';

/** What was promised: objectives, budgets, and whether an alert fires. */
export function promises(config: Config, q: Queries): Row {
  const firing = ofPrometheus('ALERTS', { alertname: OUR_ALERTS, alertstate: is('firing') });
  return {
    height: HEIGHT.tile,
    panels: [
      { width: 8, panel: budgetLeftTiles(config) },
      { width: 8, panel: budgetUsedBars(config) },
      {
        width: 4,
        panel: total({
          title: 'Spend this month',
          description:
            'US dollars since the first of the month, of the calls with a known price. More than expected: see where it goes on the dashboard "Cost and usage".',
          unit: Dollars,
          decimals: 2,
          vector: orNumber(q.usdShown(), 0),
          timeFrom: 'now/M',
          link: linkTo(config, COST_UID, 'Where does the money go?'),
        }),
      },
      {
        width: 4,
        panel: stat({
          title: 'Firing alerts',
          description:
            'Alerts of Promptmeter that fire now, for all models. Not 0: see which below in red, and open the runbook that the alert links to.',
          unit: Short,
          decimals: 0,
          vector: orNumber(count(firing), 0),
          steps: risingSteps(1),
        }),
      },
    ],
  };
}
