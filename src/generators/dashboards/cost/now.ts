import { Dollars } from '@grafana/grafana-foundation-sdk/units';
import type { Config } from '../../../config/Config.js';
import { orNumber } from '../../promql/functions.js';
import { select } from '../../promql/select.js';
import { increase, sum } from '../../promql/vector.js';
import type { Row } from '../layout.js';
import type { Queries } from '../queries.js';
import { HEIGHT } from '../rows.js';
import { SHOWN_TIME } from '../styles/query.js';
import { stat, tiles, total } from '../styles/stat.js';
import { chosenFilters } from '../variables.js';
import { forecasts } from './forecasts.js';
import { perCall, perThousandTokens } from './perUnit.js';

/** The numbers of this moment, of the time that is shown, and of this month. */
export function now(config: Config, q: Queries): Row {
  const small = [
    stat({
      title: 'Spend per hour',
      description: 'US dollars an hour at the present pace. A jump: see whose calls it is in the graphs below.',
      unit: Dollars,
      decimals: 2,
      vector: q.usdPerHour(),
    }),
    total({
      title: 'Spend, time shown',
      description:
        'US dollars in the time that is shown at the top. Not in it: calls without a known price, at the bottom.',
      unit: Dollars,
      decimals: 2,
      vector: orNumber(q.usdShown(), 0),
    }),
    total({
      title: 'Spend this month',
      description:
        'US dollars since the first of the month. More than planned: set a budget in promptmeter.yaml, which warns in time.',
      unit: Dollars,
      decimals: 2,
      vector: orNumber(q.usdShown(), 0),
      timeFrom: 'now/M',
    }),
    stat({
      title: 'Per call',
      description:
        'US dollars for a call on average. Rising: prompts or answers have grown, or a dearer model is called.',
      unit: Dollars,
      decimals: 4,
      vector: perCall(q),
    }),
    stat({
      title: 'Per 1,000 tokens',
      description:
        'US dollars for a thousand tokens on average. Rising: a dearer model, fewer cached prompts, or longer answers.',
      unit: Dollars,
      decimals: 4,
      vector: perThousandTokens(q),
    }),
    total({
      title: 'Saved by caching',
      description:
        'US dollars that calls in the time that is shown would have cost more with nothing of their prompts cached. 0 or little: let prompts begin alike; see the cached share below.',
      unit: Dollars,
      decimals: 2,
      vector: orNumber(sum(increase(select('cacheSaved', {}, chosenFilters(config)), SHOWN_TIME)), 0),
    }),
  ];
  const forecast = tiles({
    title: 'Forecast to the end of the month',
    description:
      'What this month (by UTC) comes to if it goes on as in the last hour, day or week: the true value lies between, and nearer to the longer look back. Too much: see the graphs below for where to save.',
    unit: Dollars,
    decimals: 2,
    queries: forecasts(q),
    timeFrom: 'now/M',
  });
  return {
    height: HEIGHT.tile,
    panels: [...small.map((panel) => ({ width: 3, panel })), { width: 6, panel: forecast }],
  };
}
