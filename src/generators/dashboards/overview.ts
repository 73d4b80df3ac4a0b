import { Dollars, Milliseconds, PercentUnit, RequestsPerSecond, Short } from '@grafana/grafana-foundation-sdk/units';
import type { Config } from '../../config/Config.js';
import type { GeneratedFile } from '../GeneratedFile.js';
import { orZero, positive, type Vector } from '../promql/vector.js';
import { dashboard } from './dashboard.js';
import type { Row } from './layout.js';
import { queriesOf, type Queries } from './queries.js';
import { COLOURS } from './styles/colours.js';
import { graph, type GraphOptions } from './styles/graph.js';
import { stat } from './styles/stat.js';
import { table } from './styles/table.js';
import { shownThreshold, type ShownThreshold } from './styles/thresholds.js';
import { OVERVIEW_UID } from './uids.js';

const MS_PER_SECOND = 1000;
/** Stands in for a type when there is no error at all, so that the panel is not empty. */
const NO_ERROR = 'none';

interface Shown {
  readonly latency: ShownThreshold;
  readonly firstToken: ShownThreshold;
  readonly errors: ShownThreshold;
  readonly cost: ShownThreshold;
}

/** Is it healthy? */
export function overview(config: Config): GeneratedFile {
  const queries = queriesOf(config);
  const shown: Shown = {
    latency: shownThreshold(config, 'latencyP95', MS_PER_SECOND),
    firstToken: shownThreshold(config, 'firstTokenP95', MS_PER_SECOND),
    errors: shownThreshold(config, 'errorRatio'),
    cost: shownThreshold(config, 'costPerHour'),
  };
  return dashboard(config, {
    name: 'overview',
    uid: OVERVIEW_UID,
    title: 'AI calls / Overview',
    description: 'Are the calls to AI models healthy? Traffic, errors, latency, tokens and cost by model.',
    rows: [stats(queries, shown), ...graphs(queries, shown), models(queries, shown)],
  });
}

function stats(q: Queries, { latency, firstToken, errors }: Shown): Row {
  const panels = [
    stat({
      title: 'Requests',
      description: 'Calls that ended, a second. Far less than usual: look whether the applications still call.',
      unit: RequestsPerSecond,
      decimals: 2,
      vector: q.requests(),
    }),
    stat({
      title: 'Error ratio',
      description:
        'Share of failed calls, without those that the caller aborted. High: look at "Errors by type" below for why.',
      unit: PercentUnit,
      decimals: 2,
      vector: q.errorRatio(),
      steps: errors.steps,
    }),
    stat({
      title: 'p95 latency',
      description: 'One in twenty successful calls takes longer. High: see which model below, then its output length.',
      unit: Milliseconds,
      decimals: 1,
      vector: q.duration(0.95),
      steps: latency.steps,
    }),
    stat({
      title: 'p95 first token',
      description: 'In one of twenty streams the first output comes later. High: long prompts, or an API under load.',
      unit: Milliseconds,
      decimals: 1,
      vector: q.firstToken(0.95),
      steps: firstToken.steps,
    }),
    stat({
      title: 'Spend per hour',
      description: 'US dollars an hour at the present pace, over all models. High: see which model below.',
      unit: Dollars,
      decimals: 2,
      vector: q.usdPerHour(),
    }),
    stat({
      title: 'In flight',
      description: 'Calls that have begun and not ended. Growing without end: the API hangs; look at latency.',
      unit: Short,
      decimals: 0,
      vector: q.inFlight(),
    }),
  ];
  return { height: 4, panels: panels.map((panel) => ({ width: 4, panel })) };
}

function graphs(q: Queries, { latency, firstToken, errors, cost }: Shown): readonly Row[] {
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
        description: 'Time from the start of a stream to its first output. High while latency is not: short answers to long prompts.',
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
        description: 'Prompt tokens growing: look for prompts that carry too much history. Completion: for missing limits.',
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
    {
      height: 8,
      panels: [
        {
          width: 24,
          panel: graph({
            title: 'Errors by type',
            description:
              'Calls that did not succeed, a second, by why. rate_limit: spread the load or raise the limit. authentication, quota_exceeded: mend the key or the account. server_error, overloaded: the API is in trouble. aborted: the caller left.',
            unit: RequestsPerSecond,
            decimals: 3,
            queries: [
              { vector: orZero(positive(q.errors(['error_type'])), 'error_type', NO_ERROR), legend: '{{error_type}}' },
            ],
            bars: true,
            colours: { aborted: COLOURS.chosen, [NO_ERROR]: COLOURS.good },
            stacked: true,
          }),
        },
      ],
    },
  ];
}

function side(left: GraphOptions, right: GraphOptions): Row {
  return { height: 8, panels: [left, right].map((options) => ({ width: 12, panel: graph(options) })) };
}

function models(q: Queries, { latency, firstToken, errors, cost }: Shown): Row {
  const row = ['provider', 'model'] as const;
  const panel = table({
    title: 'Models',
    description: 'The newest value of everything, per API and model. Click on a name to see only that model.',
    rows: { provider: 'Provider', model: 'Model' },
    columns: [
      { title: 'Requests/s', vector: q.requests(row), unit: RequestsPerSecond, decimals: 2 },
      { title: 'Error ratio', vector: q.errorRatio(row), unit: PercentUnit, decimals: 2, steps: errors.steps },
      { title: 'p95 latency', vector: q.duration(0.95, row), unit: Milliseconds, decimals: 1, steps: latency.steps },
      {
        title: 'p95 first token',
        vector: q.firstToken(0.95, row),
        unit: Milliseconds,
        decimals: 1,
        steps: firstToken.steps,
      },
      { title: 'Tokens/s', vector: q.tokens(row), unit: Short, decimals: 1 },
      { title: '$/h', vector: q.usdPerHour(row), unit: Dollars, decimals: 2, steps: cost.steps },
    ],
    sortBy: 'Requests/s',
    link: {
      title: 'Only this model',
      url: `/d/${OVERVIEW_UID}?\${__url_time_range}&var-datasource=\${datasource}&var-provider=\${__data.fields.Provider}&var-model=\${__data.fields.Model}`,
    },
  });
  return { height: 9, panels: [{ width: 24, panel }] };
}
