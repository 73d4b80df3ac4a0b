import { AnnotationQueryBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import { is, matcherText, matches } from '../promql/match.js';
import { COLOURS } from './styles/colours.js';
import { DATA_SOURCE } from './styles/query.js';

/** Marks the times in which an alert fired. An alert without a model, such as a target that is down, always shows. */
export function alertAnnotation(): AnnotationQueryBuilder {
  const firing = matcherText({
    alertname: matches('AI.+|Promptmeter.+'),
    alertstate: is('firing'),
    provider: matches('$provider|'),
    model: matches('$model|'),
  });
  return new AnnotationQueryBuilder()
    .name('Firing alerts')
    .datasource(DATA_SOURCE)
    .enable(true)
    .iconColor(COLOURS.critical)
    .expr(`ALERTS${firing}`)
    .titleFormat('{{alertname}}')
    .textFormat('{{severity}} {{model}}')
    .tagKeys('severity');
}
