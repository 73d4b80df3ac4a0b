import type { TokenUsage } from '../../../src/call/usage.js';
import { AIPerformanceMonitor } from '../../../src/monitor/AIPerformanceMonitor.js';
import type { OpenCall } from '../../../src/monitor/OpenCall.js';
import type { UsageEstimator } from '../../../src/monitor/UsageEstimator.js';
import { InMemoryMetricsReporter } from '../../../src/reporters/InMemoryMetricsReporter.js';
import { ManualClock } from '../../helpers/ManualClock.js';

const USAGE: TokenUsage = { promptTokens: 10, completionTokens: 5, totalTokens: 15, details: {} };

describe('usage that the API does not tell is estimated where someone estimates', () => {
  const unmetered = { operation: 'chat', model: 'gpt-4o', request: {}, answered: 'Hello' } as const;
  const estimated: TokenUsage = { ...USAGE, estimated: true };
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  const setUpEstimator = (estimate: UsageEstimator['estimate']) => {
    const reporter = new InMemoryMetricsReporter();
    const clock = new ManualClock();
    const options = { metricsReporter: reporter, clock, usageEstimator: { estimate }, priceBook: { cost: () => 0.5 } };
    return { reporter, clock, monitor: new AIPerformanceMonitor(options) };
  };

  test.each<[string, (call: OpenCall) => void]>([
    ['a complete call', (call) => call.complete({ unmetered })],
    ['a cut call', (call) => call.fail({ errorType: 'connection' }, { unmetered })],
    ['a call given up', (call) => call.abort({ unmetered })],
  ])('%s is told once, with the time at which it ended', async (_name, end) => {
    const { reporter, clock, monitor } = setUpEstimator(() => Promise.resolve(estimated));
    const call = monitor.openStream({ operation: 'chat', model: 'gpt-4o' });
    call.firstToken();
    clock.advance(100);
    end(call);
    expect([reporter.ended.length, call.ended]).toEqual([0, true]);
    clock.advance(900);
    call.abort();
    await settled();
    expect(reporter.ended).toHaveLength(1);
    expect(reporter.ended[0]?.[1]).toMatchObject({
      ...{ duration: 100, totalTokens: 15, usageEstimated: true, usageMissing: null, costUsd: 0.5, unpriced: false },
    });
  });

  test.each<[string, UsageEstimator['estimate']]>([
    ['knows nothing', () => Promise.resolve(undefined)],
    ['rejects', () => Promise.reject(new Error('broken'))],
    [
      'throws',
      () => {
        throw new Error('broken');
      },
    ],
  ])('an estimator that %s leaves it missing, and the call recorded', async (_name, estimate) => {
    const { reporter, monitor } = setUpEstimator(estimate);
    monitor.openStream({ operation: 'chat' }).abort({ unmetered });
    await settled();
    expect(reporter.ended[0]?.[1]).toMatchObject({ usageMissing: 'aborted', usageEstimated: false, costUsd: null });
  });

  test('and usage that it tells is never estimated', () => {
    const { reporter, monitor } = setUpEstimator(() => Promise.resolve(estimated));
    monitor.open({ operation: 'chat' }).complete({ usage: USAGE, unmetered });
    expect(reporter.ended[0]?.[1]).toMatchObject({ usageEstimated: false, totalTokens: 15 });
  });
});
