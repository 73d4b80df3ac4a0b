import { PercentUnit, RequestsPerMinute, Short } from '@grafana/grafana-foundation-sdk/units';
import type { Row } from '../layout.js';
import { HEIGHT, row } from '../rows.js';
import { graph } from '../styles/graph.js';
import { RATE } from '../styles/query.js';
import { risingSteps } from '../styles/thresholds.js';
import { perMinute, used } from './demand.js';

/** Limits are counted by the minute or less, so bursts are refused long before the mean gets there. */
export const USED_STEPS = risingSteps(0.5, 0.8);

/** The load as the API counts it. */
export function load(): readonly Row[] {
  return [
    row(
      HEIGHT.graph,
      graph({
        title: 'Requests a minute by model',
        description:
          'HTTP attempts a minute, retries included, as the API counts them. A rise: see who calls on the dashboard "Overview". Narrowed by provider and model only, as limits are.',
        unit: RequestsPerMinute,
        decimals: 1,
        queries: [{ vector: perMinute('requests', RATE), legend: '{{model}}' }],
        stacked: true,
      }),
      graph({
        title: 'Tokens a minute by model',
        description:
          'Prompt and completion tokens a minute. Growing faster than requests: prompts have grown. Narrowed by provider and model only, as limits are.',
        unit: Short,
        decimals: 1,
        queries: [{ vector: perMinute('tokens', RATE), legend: '{{model}}' }],
        stacked: true,
      }),
    ),
    row(
      HEIGHT.graph,
      graph({
        title: 'Requests against the limit',
        description:
          'Requests a minute as a share of what the API allows. Above half: bursts are refused at times; ask for a higher limit before the load grows.',
        unit: PercentUnit,
        decimals: 2,
        queries: [{ vector: used('requests', RATE), legend: '{{model}}' }],
        steps: USED_STEPS,
        noValue: 'no limit known',
      }),
      graph({
        title: 'Tokens against the limit',
        description:
          'Tokens a minute as a share of what the API allows. Above half: bursts are refused at times; shorten prompts, or ask for a higher limit.',
        unit: PercentUnit,
        decimals: 2,
        queries: [{ vector: used('tokens', RATE), legend: '{{model}}' }],
        steps: USED_STEPS,
        noValue: 'no limit known',
      }),
    ),
  ];
}
