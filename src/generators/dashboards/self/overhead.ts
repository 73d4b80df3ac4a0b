import { Milliseconds, Short } from '@grafana/grafana-foundation-sdk/units';
import { select } from '../../promql/select.js';
import { bucketRates, quantile, sum, value } from '../../promql/vector.js';
import type { Row } from '../layout.js';
import { HEIGHT, row } from '../rows.js';
import { graph } from '../styles/graph.js';
import { heatmap } from '../styles/heatmap.js';
import { RATE } from '../styles/query.js';
import { ofReplicas, REPLICA } from './ofReplicas.js';

/** What measuring costs a call. */
export function overhead(): readonly Row[] {
  const buckets = bucketRates(select('gatewayOverhead', {}, ofReplicas), RATE);
  return [
    row(
      HEIGHT.graph,
      graph({
        title: 'Gateway overhead',
        description:
          'Time that the gateway itself adds before a request goes on to the API. A rise: its processor is busy; see the load below and start another replica.',
        unit: Milliseconds,
        decimals: 2,
        queries: [0.5, 0.95, 0.99].map((p) => ({ vector: quantile(p, buckets), legend: `p${p * 100}` })),
      }),
      heatmap({
        title: 'Gateway overhead by call',
        description:
          'How many requests a second waited how long in the gateway. A second band far up: pauses, of garbage collection or of the machine.',
        unit: Milliseconds,
        buckets: sum(buckets, ['le']),
      }),
    ),
    row(
      HEIGHT.graph,
      graph({
        title: 'In flight by replica',
        description:
          'Calls under way. One replica far above the others: the load balancer does not spread them, or its calls hang.',
        unit: Short,
        decimals: 0,
        queries: [
          {
            vector: sum<string, (typeof REPLICA)[number]>(
              { ...value(select('inFlight', {}, ofReplicas)), labels: REPLICA },
              REPLICA,
            ),
            legend: '{{instance}}',
          },
        ],
      }),
    ),
  ];
}
