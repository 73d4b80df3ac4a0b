import { Milliseconds, Short } from '@grafana/grafana-foundation-sdk/units';
import type { Config } from '../../../config/Config.js';
import type { Vector } from '../../promql/vector.js';
import type { Row } from '../layout.js';
import type { Queries } from '../queries.js';
import { HEIGHT, row } from '../rows.js';
import { graph, type GraphOptions } from '../styles/graph.js';
import type { Query } from '../styles/query.js';
import { shownThresholds } from '../styles/shownThresholds.js';

const MS_PER_SECOND = 1000;

/** Durations, first tokens and the pace of streams: of all calls, by model and by operation. */
export function percentiles(config: Config, q: Queries): readonly Row[] {
  const { latency, firstToken } = shownThresholds(config);
  const pace = q.perToken(0.5, ['model']);
  return [
    side(
      {
        title: 'Latency',
        description:
          'Duration of successful calls, retries included. Only p99 high: a few long answers. p50 high too: all calls suffer. A mark is one call; click on it for its trace.',
        unit: Milliseconds,
        decimals: 1,
        queries: threePercentiles(q.duration),
      },
      {
        title: 'First token',
        description:
          'Time from the start of a stream to its first output. High while latency is not: short answers to long prompts. A mark is one call; click on it for its trace.',
        unit: Milliseconds,
        decimals: 1,
        queries: threePercentiles(q.firstToken),
      },
    ),
    side(
      {
        title: 'p95 latency by model',
        description: `Duration of successful calls. One model alone: use another for now. All: network, proxy, or the API as a whole.${latency.note}`,
        unit: Milliseconds,
        decimals: 1,
        queries: [{ vector: q.duration(0.95, ['model']), legend: '{{model}}' }],
        steps: latency.steps,
      },
      {
        title: 'p95 first token by model',
        description: `Time from the start of a stream to its first output. One model alone: prompts have grown, or it reasons for longer.${firstToken.note}`,
        unit: Milliseconds,
        decimals: 1,
        queries: [{ vector: q.firstToken(0.95, ['model']), legend: '{{model}}' }],
        steps: firstToken.steps,
      },
    ),
    side(
      {
        title: 'p95 latency by operation',
        description:
          'Duration of successful calls. One operation alone: look at what its callers ask for. Threshold lines as for models.',
        unit: Milliseconds,
        decimals: 1,
        queries: [{ vector: q.duration(0.95, ['operation']), legend: '{{operation}}' }],
        steps: latency.steps,
      },
      {
        title: 'p95 first token by operation',
        description:
          'Time from the start of a stream to its first output. One operation alone: look at the length of its prompts.',
        unit: Milliseconds,
        decimals: 1,
        queries: [{ vector: q.firstToken(0.95, ['operation']), legend: '{{operation}}' }],
        steps: firstToken.steps,
      },
    ),
    side(
      {
        title: 'p95 time per output token by model',
        description:
          'Milliseconds between the tokens of a stream once it has begun. A rise: the API is under load; answers feel slow to read.',
        unit: Milliseconds,
        decimals: 1,
        queries: [{ vector: q.perToken(0.95, ['model']), legend: '{{model}}' }],
      },
      {
        title: 'Tokens per second of a stream by model',
        description:
          'How fast half of the streams write at least. People read about 5 to 10 tokens a second; slower streams keep them waiting.',
        unit: Short,
        decimals: 1,
        queries: [{ vector: { ...pace, text: `${MS_PER_SECOND} / (${pace.text} > 0)` }, legend: '{{model}}' }],
      },
    ),
  ];
}

function threePercentiles(of: (p: number) => Vector<never>): readonly Query[] {
  return [0.5, 0.95, 0.99].map((p) => ({ vector: of(p), legend: `p${p * 100}`, exemplars: true }));
}

function side(left: GraphOptions, right: GraphOptions): Row {
  return row(HEIGHT.graph, graph(left), graph(right));
}
