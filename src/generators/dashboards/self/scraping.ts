import { DatetimeISO, NoUnit, OpsPerSecond, Seconds } from '@grafana/grafana-foundation-sdk/units';
import { count, greatest } from '../../promql/functions.js';
import { ofPrometheus } from '../../promql/prometheusSeries.js';
import { select } from '../../promql/select.js';
import { rate, sum, times, value } from '../../promql/vector.js';
import type { Row } from '../layout.js';
import { HEIGHT, row } from '../rows.js';
import { graph } from '../styles/graph.js';
import { RATE } from '../styles/query.js';
import { table } from '../styles/table.js';
import { fallingSteps } from '../styles/thresholds.js';
import { ofReplicas, REPLICA, REPLICAS } from './ofReplicas.js';

type Replica = (typeof REPLICA)[number];

const MILLISECONDS = 1000;

/** What Prometheus sees of it. */
export function scraping(): readonly Row[] {
  const builds = ['version', 'node_version'] as const;
  const started = value(select('processStart', {}, ofReplicas));
  const failed = rate(select('scrapeErrors', {}, ofReplicas), RATE);
  return [
    row(
      HEIGHT.graph,
      graph({
        title: 'Scrape time',
        description:
          'Seconds that Prometheus waits for /metrics. Near the scrape interval: there are too many series; lower limits in promptmeter.yaml or use fewer attribution labels.',
        unit: Seconds,
        decimals: 3,
        queries: [
          { vector: greatest(ofPrometheus('scrape_duration_seconds', REPLICAS), REPLICA), legend: '{{instance}}' },
        ],
        legend: 'bottom',
      }),
      graph({
        title: 'Series',
        description:
          'Lines that each replica exports. Growing without end: a label takes ever new values; see what is counted as "other", and who calls with new names.',
        unit: NoUnit,
        decimals: 0,
        queries: [
          { vector: greatest(ofPrometheus('scrape_samples_scraped', REPLICAS), REPLICA), legend: '{{instance}}' },
        ],
        legend: 'bottom',
      }),
      graph({
        title: 'Failed scrapes by replica',
        description:
          'Scrapes of /metrics a second that ended in an error, by replica. Not 0: read its log for the reason.',
        unit: OpsPerSecond,
        decimals: 3,
        queries: [
          {
            vector: sum<string, (typeof REPLICA)[number]>({ ...failed, labels: REPLICA }, REPLICA),
            legend: '{{instance}}',
          },
        ],
        legend: 'bottom',
        bars: true,
      }),
    ),
    row(
      HEIGHT.bars,
      table({
        title: 'Versions',
        description:
          'Which Promptmeter on which Node.js, and how many of each. Several for long: a deployment did not finish.',
        rows: { version: 'Promptmeter', node_version: 'Node.js' },
        columns: [
          {
            title: 'Replicas',
            vector: count(value(select('buildInfo', {}, ofReplicas)), builds),
            unit: NoUnit,
            decimals: 0,
          },
        ],
        sortBy: 'Promptmeter',
        noValue: 'no replica',
      }),
      table({
        title: 'Replicas',
        description:
          'Each target of Prometheus that is chosen at the top; 0 means that it can not be scraped. Open the runbook of PromptmeterTargetDown. Started again and again: read its log.',
        rows: { job: 'Job', instance: 'Instance' },
        columns: [
          {
            title: 'Up',
            vector: greatest(ofPrometheus('up', REPLICAS), REPLICA),
            unit: NoUnit,
            decimals: 0,
            steps: fallingSteps(1),
          },
          {
            title: 'Started',
            vector: times(greatest<string, Replica>({ ...started, labels: REPLICA }, REPLICA), MILLISECONDS),
            unit: DatetimeISO,
            decimals: 0,
          },
        ],
        sortBy: 'Up',
        noValue: 'no replica',
      }),
    ),
  ];
}
