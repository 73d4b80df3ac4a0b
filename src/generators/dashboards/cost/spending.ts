import { Dollars, PercentUnit, RequestsPerSecond, Short } from '@grafana/grafana-foundation-sdk/units';
import type { Config } from '../../../config/Config.js';
import { select } from '../../promql/select.js';
import { rate, sum, times, type Vector } from '../../promql/vector.js';
import type { Row } from '../layout.js';
import { linkToModel } from '../links.js';
import type { Queries } from '../queries.js';
import { HEIGHT, row } from '../rows.js';
import { graph } from '../styles/graph.js';
import { RATE } from '../styles/query.js';
import { shownThresholds } from '../styles/shownThresholds.js';
import { table } from '../styles/table.js';
import { COST_UID } from '../uids.js';
import { chosenFilters } from '../variables.js';
import { perCall, perThousandTokens } from './perUnit.js';

const SECONDS_PER_HOUR = 3600;
/** What a call that names nobody is shown as. */
const NOBODY = 'not named';

/** Who spends it, and on what. */
export function spending(config: Config, q: Queries): readonly Row[] {
  const { cost } = shownThresholds(config);
  const byModel = graph({
    title: 'Spend per hour by model',
    description: `US dollars an hour at the present pace. One model alone rising: see its row in the table, and who calls it.${cost.note}`,
    unit: Dollars,
    decimals: 2,
    queries: [{ vector: q.usdPerHour(['model']), legend: '{{model}}' }],
    stacked: true,
  });
  const byOperation = graph({
    title: 'Spend per hour by operation',
    description:
      'US dollars an hour at the present pace, by what is asked of the API. Choose one at the top to see its models alone.',
    unit: Dollars,
    decimals: 2,
    queries: [{ vector: q.usdPerHour(['operation']), legend: '{{operation}}' }],
    stacked: true,
  });
  const byWhom = config.attributionLabels.map((label) =>
    graph({
      title: `Spend per hour by ${label}`,
      description: `US dollars an hour at the present pace, by whom it is counted for. "${NOBODY}": calls without the header x-promptmeter-${label}; let their callers send it.`,
      unit: Dollars,
      decimals: 2,
      queries: [{ vector: usdPerHourBy(config, label), legend: `{{${label}}}` }],
      stacked: true,
    }),
  );
  return [...inPairs([byModel, ...byWhom, byOperation]), row(HEIGHT.table, models(config, q))];
}

function models(config: Config, q: Queries) {
  const by = ['provider', 'model'] as const;
  return table({
    title: 'Spend by model',
    description:
      'What each API and model has cost in the time that is shown, and what a call and a token cost. A high price per token at many calls: try a smaller model.',
    rows: { model: 'Model', provider: 'Provider' },
    columns: [
      { title: 'Spend', vector: q.usdShown(by), unit: Dollars, decimals: 2 },
      { title: 'Share', vector: shareOf(q, by), unit: PercentUnit, decimals: 1 },
      { title: 'Requests/s', vector: q.requests(by), unit: RequestsPerSecond, decimals: 2 },
      { title: 'Tokens/s', vector: q.tokens(by), unit: Short, decimals: 1 },
      { title: '$ per call', vector: perCall(q, by), unit: Dollars, decimals: 5 },
      { title: '$ per 1,000 tokens', vector: perThousandTokens(q, by), unit: Dollars, decimals: 5 },
    ],
    sortBy: 'Spend',
    link: linkToModel(config, COST_UID, 'Only this model'),
  });
}

function shareOf<B extends 'provider' | 'model'>(q: Queries, by: readonly B[]): Vector<B> {
  return { text: `${q.usdShown(by).text} / on () group_left () (${q.usdShown().text} > 0)`, labels: by };
}

/** An attribution label is on every series of the cost, but only promptmeter.yaml knows its name. */
function usdPerHourBy(config: Config, label: string): Vector<string> {
  const { text } = rate(select('cost', {}, chosenFilters(config)), RATE);
  const perHour = times(sum<string, string>({ text, labels: [label] }, [label]), SECONDS_PER_HOUR);
  return { text: `label_replace(${perHour.text}, "${label}", "${NOBODY}", "${label}", "")`, labels: [label] };
}

/** Two beside each other; a last one alone is as wide as both. */
function inPairs(panels: readonly Row['panels'][number]['panel'][]): readonly Row[] {
  return panels.flatMap((panel, index) => {
    if (index % 2 === 1) return [];
    const next = panels[index + 1];
    return [next === undefined ? row(HEIGHT.graph, panel) : row(HEIGHT.graph, panel, next)];
  });
}
