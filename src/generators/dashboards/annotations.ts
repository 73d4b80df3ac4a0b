import type { Dataquery } from '@grafana/grafana-foundation-sdk/cog';
import { AnnotationQueryBuilder, type AnnotationTarget } from '@grafana/grafana-foundation-sdk/dashboard';
import { is, matches } from '../promql/match.js';
import { ofPrometheus } from '../promql/prometheusSeries.js';
import { select } from '../promql/select.js';
import { value } from '../promql/vector.js';
import { COLOURS } from './styles/colours.js';
import { DATA_SOURCE } from './styles/query.js';

const MILLISECONDS = 1000;

/** Tags of the annotations that `promptmeter annotate` makes. */
export const DEPLOYMENT_TAGS = ['promptmeter', 'deployment'] as const;

/** Alerts of ours: on calls, objectives and budgets, on Promptmeter itself and on what delivers alerts. */
export const OUR_ALERTS = matches('AI.+|Promptmeter.+|Prometheus.+|Alertmanager.+');

/** What is marked on every graph. */
export function annotations(): AnnotationQueryBuilder[] {
  return [alerts(), restarts(), deployments()];
}

/**
 * The times in which an alert fired, once for all models that it fired for. An alert without a model, such as a target
 * that is down, always shows.
 */
function alerts(): AnnotationQueryBuilder {
  const { text } = ofPrometheus('ALERTS', {
    alertname: OUR_ALERTS,
    alertstate: is('firing'),
    provider: matches('$provider|'),
    model: matches('$model|'),
  });
  return new AnnotationQueryBuilder()
    .name('Firing alerts')
    .datasource(DATA_SOURCE)
    .enable(true)
    .iconColor(COLOURS.critical)
    .expr(`max by (alertname, severity) (${text})`)
    .titleFormat('{{alertname}}')
    .textFormat('{{severity}}')
    .tagKeys('severity');
}

/** The moments at which a Promptmeter was started, which the series tell themselves. */
function restarts(): AnnotationQueryBuilder {
  return new AnnotationQueryBuilder()
    .name('Restarts')
    .datasource(DATA_SOURCE)
    .enable(true)
    .iconColor(COLOURS.chosen)
    .expr(`${value(select('processStart')).text} * ${MILLISECONDS}`)
    .useValueForTime(true)
    .titleFormat('Promptmeter started')
    .textFormat('{{version}} {{instance}}');
}

/** What was told with `promptmeter annotate`; Grafana keeps it. */
function deployments(): AnnotationQueryBuilder {
  const target: AnnotationTarget & Dataquery = {
    limit: 100,
    matchAny: false,
    tags: [...DEPLOYMENT_TAGS],
    type: 'tags',
    // Only marks the type: what is a function does not get into the JSON.
    _implementsDataqueryVariant: () => undefined,
  };
  return new AnnotationQueryBuilder()
    .name('Deployments')
    .datasource({ type: 'grafana', uid: '-- Grafana --' })
    .enable(true)
    .iconColor(COLOURS.deployment)
    .target({ build: () => target });
}
