import { Milliseconds, NoUnit, Short } from '@grafana/grafana-foundation-sdk/units';
import { orNumber } from '../../promql/functions.js';
import { ofPrometheus } from '../../promql/prometheusSeries.js';
import { select } from '../../promql/select.js';
import { bucketRates, increase, quantile, sum, value } from '../../promql/vector.js';
import type { Row } from '../layout.js';
import { HEIGHT, row } from '../rows.js';
import { RATE, SHOWN_TIME } from '../styles/query.js';
import { stat, total } from '../styles/stat.js';
import { fallingSteps, risingSteps } from '../styles/thresholds.js';
import { ofReplicas, REPLICAS } from './ofReplicas.js';

/** Whether all is well with it. */
export function now(): Row {
  return row(
    HEIGHT.tile,
    stat({
      title: 'Scraped',
      description:
        'Exporters and applications that Prometheus scrapes with success. Fewer than run: look at the targets page of Prometheus; those missing are not measured.',
      unit: NoUnit,
      decimals: 0,
      vector: sum(ofPrometheus('up', REPLICAS)),
      steps: fallingSteps(1),
    }),
    stat({
      title: 'In flight',
      description:
        'Calls under way through all of them. Growing without end: the API hangs, or calls are begun and never ended.',
      unit: Short,
      decimals: 0,
      vector: orNumber(sum(value(select('inFlight', {}, ofReplicas))), 0),
    }),
    stat({
      title: 'p99 overhead',
      description:
        'Time that the gateway adds before a request goes on; one in a hundred waits longer. High: its processor is busy, start another replica.',
      unit: Milliseconds,
      decimals: 2,
      vector: quantile(0.99, bucketRates(select('gatewayOverhead', {}, ofReplicas), RATE)),
      steps: risingSteps(5, 20),
    }),
    total({
      title: 'Reporter errors',
      description:
        'Times in the time shown that a reporter failed. Calls were not affected, but some are not counted: read the log.',
      unit: Short,
      decimals: 0,
      vector: orNumber(sum(increase(select('reporterErrors', {}, ofReplicas), SHOWN_TIME)), 0),
      steps: risingSteps(1),
    }),
    total({
      title: 'Values counted as "other"',
      description:
        'Times in the time shown that a label was full and a value became "other". Not 0: raise limits in promptmeter.yaml, or find the caller that makes up names.',
      unit: Short,
      decimals: 0,
      vector: orNumber(sum(increase(select('labelOverflow', {}, ofReplicas), SHOWN_TIME)), 0),
      steps: risingSteps(1),
    }),
    total({
      title: 'Failed scrapes',
      description:
        'Scrapes of /metrics in the time shown that ended in an error. Not 0: read the log of the exporter for the reason.',
      unit: Short,
      decimals: 0,
      vector: orNumber(sum(increase(select('scrapeErrors', {}, ofReplicas), SHOWN_TIME)), 0),
      steps: risingSteps(1),
    }),
  );
}
