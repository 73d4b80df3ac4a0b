import { Dollars, Milliseconds, PercentUnit, RequestsPerSecond, Short } from '@grafana/grafana-foundation-sdk/units';
import type { Vector } from '../../promql/vector.js';
import { ERROR_COLOURS, errorsByType } from '../errorsByType.js';
import type { Row } from '../layout.js';
import type { Queries } from '../queries.js';
import { HEIGHT, row } from '../rows.js';
import { graph, type GraphOptions } from '../styles/graph.js';
import type { ShownThresholds } from '../styles/shownThresholds.js';

/** How it came to this: each number over time and by model. */
export function graphs(q: Queries, { latency, firstToken, errors, cost }: ShownThresholds): readonly Row[] {
  const percentiles = (of: (p: number) => Vector<never>) =>
    [0.5, 0.95, 0.99].map((p) => ({ vector: of(p), legend: `p${p * 100}` }));
  return [
    side(
      {
        title: 'Requests by model',
        description: 'Calls that ended, a second. A sudden step up: see who calls with the variables app and feature.',
        unit: RequestsPerSecond,
        decimals: 2,
        queries: [{ vector: q.requests(['model']), legend: '{{model}}' }],
      },
      {
        title: 'Error ratio by model',
        description: `Share of failed calls, without aborted ones. Above a line: open the runbook of AIErrorRatioHigh.${errors.note}`,
        unit: PercentUnit,
        decimals: 2,
        queries: [{ vector: q.errorRatio(['model']), legend: '{{model}}' }],
        steps: errors.steps,
      },
    ),
    side(
      {
        title: 'Latency of all models',
        description: 'Duration of successful calls. Only p99 high: a few long answers. p50 high too: all calls suffer.',
        unit: Milliseconds,
        decimals: 1,
        queries: percentiles(q.duration),
      },
      {
        title: 'p95 latency by model',
        description: `Duration of successful calls. Above a line: open the runbook of AILatencyP95High.${latency.note}`,
        unit: Milliseconds,
        decimals: 1,
        queries: [{ vector: q.duration(0.95, ['model']), legend: '{{model}}' }],
        steps: latency.steps,
      },
    ),
    side(
      {
        title: 'First token of all models',
        description:
          'Time from the start of a stream to its first output. High while latency is not: short answers to long prompts.',
        unit: Milliseconds,
        decimals: 1,
        queries: percentiles(q.firstToken),
      },
      {
        title: 'p95 first token by model',
        description: `Time from the start of a stream to its first output. Above a line: open the runbook of AIFirstTokenP95High.${firstToken.note}`,
        unit: Milliseconds,
        decimals: 1,
        queries: [{ vector: q.firstToken(0.95, ['model']), legend: '{{model}}' }],
        steps: firstToken.steps,
      },
    ),
    side(
      {
        title: 'Tokens per second by model',
        description: 'Prompt and completion tokens. A rise without more requests: prompts or answers have grown.',
        unit: Short,
        decimals: 1,
        queries: [{ vector: q.tokens(['model']), legend: '{{model}}' }],
        stacked: true,
      },
      {
        title: 'Tokens per second by type',
        description:
          'Prompt tokens growing: look for prompts that carry too much history. Completion: for missing limits.',
        unit: Short,
        decimals: 1,
        queries: [{ vector: q.tokens(['token_type']), legend: '{{token_type}}' }],
        stacked: true,
      },
    ),
    side(
      {
        title: 'Spend per hour by model',
        description: `US dollars an hour at the present pace; calls without a known price are not in it. Above a line: open the runbook of AICostPerHourHigh.${cost.note}`,
        unit: Dollars,
        decimals: 2,
        queries: [{ vector: q.usdPerHour(['model']), legend: '{{model}}' }],
        steps: cost.steps,
      },
      {
        title: 'In flight by model',
        description: 'Calls that have begun and not ended. Growing for one model only: that model hangs.',
        unit: Short,
        decimals: 0,
        queries: [{ vector: q.inFlight(['model']), legend: '{{model}}' }],
      },
    ),
    row(
      HEIGHT.graph,
      graph({
        title: 'Errors by type',
        description:
          'Calls that did not succeed, a second, by why. rate_limit: spread the load or raise the limit. authentication, quota_exceeded: mend the key or the account. server_error, overloaded: the API is in trouble. aborted: the caller left.',
        unit: RequestsPerSecond,
        decimals: 3,
        queries: [errorsByType(q)],
        bars: true,
        colours: ERROR_COLOURS,
        stacked: true,
      }),
    ),
  ];
}

function side(left: GraphOptions, right: GraphOptions): Row {
  return row(HEIGHT.graph, graph(left), graph(right));
}
