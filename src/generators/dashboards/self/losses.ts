import { OpsPerSecond } from '@grafana/grafana-foundation-sdk/units';
import { select } from '../../promql/select.js';
import { rate, sum } from '../../promql/vector.js';
import type { Row } from '../layout.js';
import { HEIGHT, row } from '../rows.js';
import { graph } from '../styles/graph.js';
import { RATE } from '../styles/query.js';
import { ofReplicas } from './ofReplicas.js';

/** What is not counted, or not told apart. */
export function losses(): Row {
  return row(
    HEIGHT.graph,
    graph({
      title: 'Reporter errors by reason',
      description:
        'Times a second that a reporter threw, rejected or was slow. Calls are not affected. slow: a reporter of your own does its work while calls wait for it; let it only take notes.',
      unit: OpsPerSecond,
      decimals: 3,
      queries: [
        { vector: sum(rate(select('reporterErrors', {}, ofReplicas), RATE), ['reason']), legend: '{{reason}}' },
      ],
      bars: true,
    }),
    graph({
      title: 'Values counted as "other" by label',
      description:
        'Times a second that a label was full. Sums stay right, but its values are lumped together: raise limits in promptmeter.yaml if they are all real.',
      unit: OpsPerSecond,
      decimals: 3,
      queries: [{ vector: sum(rate(select('labelOverflow', {}, ofReplicas), RATE), ['label']), legend: '{{label}}' }],
      bars: true,
    }),
  );
}
