import { Milliseconds, NoUnit } from '@grafana/grafana-foundation-sdk/units';
import type { Config } from '../../../config/Config.js';
import { quotient } from '../../promql/functions.js';
import { is } from '../../promql/match.js';
import { select } from '../../promql/select.js';
import { SUCCEEDED } from '../../promql/statuses.js';
import { rate, sum, type Vector } from '../../promql/vector.js';
import type { Row } from '../layout.js';
import { linkToModel } from '../links.js';
import type { Queries } from '../queries.js';
import { HEIGHT, row } from '../rows.js';
import { graph } from '../styles/graph.js';
import { RATE } from '../styles/query.js';
import { shownThresholds } from '../styles/shownThresholds.js';
import { table } from '../styles/table.js';
import { LATENCY_UID } from '../uids.js';
import { chosenFilters } from '../variables.js';

const PROMPT = 'prompt tokens per call';
const COMPLETION = 'completion tokens per call';

/** Long prompts begin late and long answers end late: size beside time. */
export function sizes(config: Config, q: Queries): readonly Row[] {
  const { latency, firstToken } = shownThresholds(config);
  const by = ['provider', 'model'] as const;
  const ofSize = { unit: NoUnit, decimals: 0 };
  return [
    row(
      HEIGHT.graph,
      graph({
        title: 'Prompt size against first token',
        description:
          'Mean size of the prompts, on the right, beside the time until the first output, on the left. Rising together: prompts carry too much history, shorten or cache them. Only the time: the API is under load.',
        unit: Milliseconds,
        decimals: 1,
        queries: [
          { vector: q.firstToken(0.95), legend: 'p95 first token' },
          { vector: tokensPerCall(config, 'prompt', []), legend: PROMPT },
        ],
        onTheRight: { [PROMPT]: ofSize },
      }),
      graph({
        title: 'Answer size against latency',
        description:
          'Mean size of the answers, on the right, beside the duration of calls, on the left. Rising together: answers have grown, ask for shorter ones. Only the duration: the API is under load.',
        unit: Milliseconds,
        decimals: 1,
        queries: [
          { vector: q.duration(0.95), legend: 'p95 latency' },
          { vector: tokensPerCall(config, 'completion', []), legend: COMPLETION },
        ],
        onTheRight: { [COMPLETION]: ofSize },
      }),
    ),
    row(
      HEIGHT.graph,
      graph({
        title: 'Prompt tokens per call by model',
        description:
          'Mean size of the prompts of successful calls. Rising together with the first token: prompts carry too much history.',
        unit: NoUnit,
        decimals: 0,
        queries: [{ vector: tokensPerCall(config, 'prompt', ['model']), legend: '{{model}}' }],
      }),
      graph({
        title: 'Completion tokens per call by model',
        description:
          'Mean size of the answers of successful calls, reasoning included. Rising together with latency: ask for shorter answers.',
        unit: NoUnit,
        decimals: 0,
        queries: [{ vector: tokensPerCall(config, 'completion', ['model']), legend: '{{model}}' }],
      }),
    ),
    row(
      HEIGHT.table,
      table({
        title: 'Size against time',
        description:
          'Size of prompts and answers beside the times they take, per API and model. Slow and large: make it smaller. Slow and small: the API is slow; try another model.',
        rows: { model: 'Model', provider: 'Provider' },
        columns: [
          { title: 'Prompt tokens', vector: tokensPerCall(config, 'prompt', by), unit: NoUnit, decimals: 0 },
          { title: 'Completion tokens', vector: tokensPerCall(config, 'completion', by), unit: NoUnit, decimals: 0 },
          {
            title: 'p95 first token',
            vector: q.firstToken(0.95, by),
            unit: Milliseconds,
            decimals: 1,
            steps: firstToken.steps,
          },
          { title: 'p50 per token', vector: q.perToken(0.5, by), unit: Milliseconds, decimals: 1 },
          { title: 'p50 latency', vector: q.duration(0.5, by), unit: Milliseconds, decimals: 1 },
          { title: 'p95 latency', vector: q.duration(0.95, by), unit: Milliseconds, decimals: 1, steps: latency.steps },
        ],
        sortBy: 'p95 latency',
        link: linkToModel(config, LATENCY_UID, 'Only this model'),
      }),
    ),
  ];
}

function tokensPerCall<B extends 'provider' | 'model'>(
  config: Config,
  type: 'prompt' | 'completion',
  by: readonly B[],
): Vector<B> {
  const chosen = chosenFilters(config);
  return quotient(
    sum(rate(select('tokens', { token_type: is(type) }, chosen), RATE), by),
    sum(rate(select('requests', { status: SUCCEEDED }, chosen), RATE), by),
  );
}
