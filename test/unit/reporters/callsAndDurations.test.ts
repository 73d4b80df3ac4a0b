import { CALL_STATUSES } from '../../../src/call/status.js';
import { AIPerformanceMonitor } from '../../../src/monitor/AIPerformanceMonitor.js';
import { PrometheusMetricsReporter } from '../../../src/reporters/PrometheusMetricsReporter.js';
import { valueOf } from '../../helpers/scrape.js';

test('both begin at 0 for a model that only the answer tells, too, so that no first error of it is lost', async () => {
  const reporter = new PrometheusMetricsReporter();
  const monitor = new AIPerformanceMonitor({ metricsReporter: reporter });
  monitor.open().complete({ responseModel: 'answers' });
  const stream = monitor.openStream();
  stream.named('streams');
  stream.firstToken();

  for (const [model, status] of [
    ['answers', 'error'],
    ['streams', 'error_stream'],
  ] as const)
    for (const metric of ['ai_requests_total', 'ai_request_duration_ms_count'])
      expect([metric, await valueOf(reporter, metric, { model, status })]).toEqual([metric, 0]);
});

test('as many calls have a duration as are counted, for rules take the one for the other', async () => {
  const reporter = new PrometheusMetricsReporter({ limits: { models: 2 } });
  const monitor = new AIPerformanceMonitor({ metricsReporter: reporter });
  for (let at = 0; at < 60; at += 1) {
    const fields = { model: `m${at % 4}`, attribution: { app: `a${at % 3}` } };
    const call = at % 2 === 0 ? monitor.open(fields) : monitor.openStream(fields);
    if (at % 3 === 0) call.complete({ responseModel: `m${at % 5}` });
    else if (at % 3 === 1) call.fail({ errorType: 'timeout' });
    else call.abort();
  }

  expect(await valueOf(reporter, 'ai_requests_total')).toBe(60);
  expect(await valueOf(reporter, 'ai_request_duration_ms_count')).toBe(60);
  for (const model of ['m0', 'm1', 'other'])
    for (const status of CALL_STATUSES) {
      const [counted, observed] = [
        await valueOf(reporter, 'ai_requests_total', { model, status }),
        await valueOf(reporter, 'ai_request_duration_ms_count', { model, status }),
      ];
      expect(`${model} ${status} ${observed ?? 0}`).toBe(`${model} ${status} ${counted ?? 0}`);
    }
});
