import { BytesIEC, PercentUnit, Seconds } from '@grafana/grafana-foundation-sdk/units';
import { greatest } from '../../promql/functions.js';
import { is } from '../../promql/match.js';
import { select } from '../../promql/select.js';
import { rate, sum, value } from '../../promql/vector.js';
import type { Row } from '../layout.js';
import { HEIGHT, row } from '../rows.js';
import { graph } from '../styles/graph.js';
import { RATE } from '../styles/query.js';
import { risingSteps } from '../styles/thresholds.js';
import { ofReplicas, REPLICA } from './ofReplicas.js';

type Replica = (typeof REPLICA)[number];

/** Node.js does one thing at a time: a loop that is this late delays every call by as much. Seconds. */
const LATE = risingSteps(0.1, 1);
/** Share of one processor core. */
const BUSY = risingSteps(0.7, 0.9);

/** What it needs of the machine. Applications that mount /metrics in their own server have their own measures of this. */
export function machine(): Row {
  const lag = value(select('eventLoopLag', { quantile: is('0.99') }, ofReplicas));
  const memory = value(select('processMemory', { kind: is('resident') }, ofReplicas));
  const cpu = rate(select('processCpu', {}, ofReplicas), RATE);
  return row(
    HEIGHT.graph,
    graph({
      title: 'Event loop lag',
      description:
        'How late the event loop is, in one of a hundred looks; every call waits as long. High: too many calls for one process; start another replica.',
      unit: Seconds,
      decimals: 3,
      queries: [{ vector: greatest<string, Replica>({ ...lag, labels: REPLICA }, REPLICA), legend: '{{instance}}' }],
      legend: 'bottom',
      steps: LATE,
    }),
    graph({
      title: 'Memory',
      description:
        'All memory of each process. Growing without end: see the number of series below; with as many series as ever it is a defect, please report it.',
      unit: BytesIEC,
      decimals: 1,
      queries: [{ vector: greatest<string, Replica>({ ...memory, labels: REPLICA }, REPLICA), legend: '{{instance}}' }],
      legend: 'bottom',
    }),
    graph({
      title: 'Processor',
      description:
        'Share of one processor core that each process takes. Near 100 %: calls wait for it; start another replica.',
      unit: PercentUnit,
      decimals: 1,
      queries: [{ vector: sum<string, Replica>({ ...cpu, labels: REPLICA }, REPLICA), legend: '{{instance}}' }],
      legend: 'bottom',
      steps: BUSY,
    }),
  );
}
