import { ConsoleMetricsReporter } from '../../../src/reporters/ConsoleMetricsReporter.js';
import { createReporter } from '../../../src/reporters/createReporter.js';
import { FanOutReporter } from '../../../src/reporters/FanOutReporter.js';
import { PrometheusMetricsReporter } from '../../../src/reporters/PrometheusMetricsReporter.js';
import { LogKeeper } from '../../helpers/LogKeeper.js';

const logger = new LogKeeper();

test.each([
  ['production', PrometheusMetricsReporter],
  ['staging', PrometheusMetricsReporter],
  ['development', ConsoleMetricsReporter],
  ['test', ConsoleMetricsReporter],
  ['Production', ConsoleMetricsReporter],
  ['', ConsoleMetricsReporter],
  [undefined, ConsoleMetricsReporter],
])('in the environment %p reports to a %p', (env, expected) => {
  expect(createReporter(env, { logger })).toBeInstanceOf(expected);
});

test.each(['production', 'development'])('a list of reporters overrides the environment %s', (env) => {
  expect(createReporter(env, { logger, reporters: ['console'] })).toBeInstanceOf(ConsoleMetricsReporter);
  expect(createReporter(env, { logger, reporters: ['prometheus', 'prometheus'] })).toBeInstanceOf(
    PrometheusMetricsReporter,
  );
});

test('both at once are told everything', async () => {
  const log = new LogKeeper();
  const reporter = createReporter('production', { logger: log, reporters: ['console', 'prometheus'] });
  const members = reporter instanceof FanOutReporter ? reporter.reporters : [];

  reporter.trackCounter('jobs_total', 1, { kind: 'mail' });

  const prometheus = members.find((member) => member instanceof PrometheusMetricsReporter);
  expect(log.messages('info')).toEqual(['[Metrics Counter] jobs_total: 1']);
  expect(await prometheus?.getMetrics()).toContain('jobs_total{kind="mail"} 1');
});

test('options of the Prometheus reporter are handed on', async () => {
  const reporter = createReporter('production', { logger, attributionLabels: ['team'], version: '9.9.9' });

  expect(reporter).toBeInstanceOf(PrometheusMetricsReporter);
  if (reporter instanceof PrometheusMetricsReporter) expect(await reporter.getMetrics()).toContain('version="9.9.9"');
});
