import { Dollars, PercentUnit, Short } from '@grafana/grafana-foundation-sdk/units';
import type { Config } from '../../../config/Config.js';
import { is } from '../../promql/match.js';
import { select } from '../../promql/select.js';
import { rate, ratio, sum, times, type Vector } from '../../promql/vector.js';
import type { Row } from '../layout.js';
import type { Queries } from '../queries.js';
import { HEIGHT, row } from '../rows.js';
import { graph } from '../styles/graph.js';
import { RATE } from '../styles/query.js';
import { chosenFilters, onlyChosen } from '../variables.js';

const SECONDS_PER_HOUR = 3600;

/** What the tokens are, and which of them could be cheaper. */
export function tokenUse(config: Config, q: Queries): readonly Row[] {
  return [
    row(
      HEIGHT.graph,
      graph({
        title: 'Tokens per second by type',
        description:
          'Prompt tokens growing: look for prompts that carry too much history. Completion tokens: for missing limits.',
        unit: Short,
        decimals: 1,
        queries: [{ vector: q.tokens(['token_type']), legend: '{{token_type}}' }],
        stacked: true,
      }),
      graph({
        title: 'Parts of the tokens per second',
        description:
          'Parts that have prices of their own; they are within the tokens beside, not on top of them. reasoning: thought before the answer, paid as output. rejected_prediction: paid and not used.',
        unit: Short,
        decimals: 1,
        queries: [
          {
            vector: sum(rate(select('tokenDetails', {}, chosenFilters(config)), RATE), ['detail']),
            legend: '{{detail}}',
          },
        ],
      }),
    ),
    row(
      HEIGHT.graph,
      graph({
        title: 'Cached share of prompt tokens by model',
        description:
          'Prompt tokens that the API had in its cache and bills at less. Low where prompts begin alike: put what changes at their end, so that the beginning is cached.',
        unit: PercentUnit,
        decimals: 1,
        queries: [{ vector: partOf('cached_prompt', 'prompt'), legend: '{{model}}' }],
        max: 1,
      }),
      graph({
        title: 'Reasoning share of completion tokens by model',
        description:
          'Completion tokens that the model spent on thought, which nobody reads and which are paid as output. High for simple tasks: lower the reasoning effort.',
        unit: PercentUnit,
        decimals: 1,
        queries: [{ vector: partOf('reasoning', 'completion'), legend: '{{model}}' }],
        max: 1,
      }),
    ),
    row(
      HEIGHT.graph,
      graph({
        title: 'Saved by caching per hour by model',
        description:
          'US dollars an hour that calls would have cost more with nothing of their prompts cached; the spend above is without them. Falling at the same traffic: the beginning of prompts has changed, or callers wait too long between calls.',
        unit: Dollars,
        decimals: 4,
        queries: [{ vector: savedPerHour(), legend: '{{model}}' }],
        stacked: true,
      }),
    ),
  ];
}

/** US dollars an hour that caching takes off the spend. */
function savedPerHour(): Vector<'model'> {
  const saved = rate(select('cacheSaved', {}, onlyChosen(['provider', 'model'])), RATE);
  return times(sum(saved, ['model']), SECONDS_PER_HOUR);
}

/** The parts carry neither operation nor attribution, so the whole is not narrowed by these either. */
function partOf(detail: string, type: string): Vector<'model'> {
  const chosen = onlyChosen(['provider', 'model']);
  return ratio(
    sum(rate(select('tokenDetails', { detail: is(detail) }, chosen), RATE), ['model']),
    sum(rate(select('tokens', { token_type: is(type) }, chosen), RATE), ['model']),
  );
}
