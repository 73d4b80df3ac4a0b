import { Dollars } from '@grafana/grafana-foundation-sdk/units';
import type { Row } from '../layout.js';
import type { Queries } from '../queries.js';
import { HEIGHT, row } from '../rows.js';
import { graph } from '../styles/graph.js';
import { perCall, perThousandTokens } from './perUnit.js';

/** What one call and a thousand tokens cost. */
export function unitCosts(q: Queries): readonly Row[] {
  return [
    row(
      HEIGHT.graph,
      graph({
        title: 'Cost per call by model',
        description:
          'US dollars for a call on average. Rising: its prompts or answers have grown; see the tokens below.',
        unit: Dollars,
        decimals: 5,
        queries: [{ vector: perCall(q, ['model']), legend: '{{model}}' }],
      }),
      graph({
        title: 'Cost per 1,000 tokens by model',
        description:
          'US dollars for a thousand tokens on average. Rising: fewer cached prompts, longer answers in proportion, or another service tier.',
        unit: Dollars,
        decimals: 5,
        queries: [{ vector: perThousandTokens(q, ['model']), legend: '{{model}}' }],
      }),
    ),
  ];
}
