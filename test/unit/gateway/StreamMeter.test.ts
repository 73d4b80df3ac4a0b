import fc from 'fast-check';
import type { MeteredCall } from '../../../src/gateway/meter.js';
import { StreamMeter } from '../../../src/gateway/StreamMeter.js';
import { AIPerformanceMonitor } from '../../../src/monitor/AIPerformanceMonitor.js';
import { AnswerReader } from '../../../src/openai/AnswerReader.js';
import { deferredAnswersOf } from '../../../src/openai/DeferredAnswers.js';
import { SseParser } from '../../../src/openai/sse.js';
import { InMemoryMetricsReporter } from '../../../src/reporters/InMemoryMetricsReporter.js';
import { cutAt } from '../../helpers/cutAt.js';
import { ManualClock } from '../../helpers/ManualClock.js';
import { streamFixture, streamFixtureNames } from '../../helpers/streamFixtures.js';

/** What the end of the call tells when these chunks came. */
function told(chunks: readonly Uint8Array[]): unknown {
  const reporter = new InMemoryMetricsReporter();
  const monitor = new AIPerformanceMonitor({ metricsReporter: reporter, clock: new ManualClock() });
  const metered: MeteredCall = {
    call: monitor.openStream({ operation: 'chat' }),
    operation: 'chat',
    reader: new AnswerReader('chat', deferredAnswersOf(monitor), '/v1/chat/completions'),
    choices: 1,
    request: undefined,
  };
  const meter = new StreamMeter(metered);
  for (const chunk of chunks) meter.push(Buffer.from(chunk));
  meter.end(() => undefined);
  const { finished, failure, malformed } = meter;
  const events = reporter.events.map(([name, metrics]) => [name, { ...metrics, correlationId: '' }]);
  return { finished, failure, malformed, events };
}

describe.each(streamFixtureNames)('what a gateway measures of the recorded stream %s', (name) => {
  const input = streamFixture(name);
  const parser = new SseParser();
  const events = [...parser.push(input), parser.end()].flatMap((event) => (event === undefined ? [] : [event.raw]));
  const each = told(events);

  test('is the same when all events come at once, and two at a time', () => {
    expect(told([input])).toEqual(each);
    const twos = events.flatMap((event, at) =>
      at % 2 === 0 ? [Buffer.concat([event, events[at + 1] ?? ''].map(Buffer.from))] : [],
    );
    expect(told(twos)).toEqual(each);
  });

  test('is the same in any other chunking, and with any other line ends', () => {
    const positions = fc.array(fc.nat({ max: input.length }), { maxLength: 30 });
    fc.assert(
      fc.property(positions, (cuts) => expect(told(cutAt(input, cuts))).toEqual(each)),
      { numRuns: 50 },
    );
    for (const lineEnd of ['\r\n', '\r']) {
      const other = Buffer.from(
        Buffer.from(input)
          .toString()
          .replace(/\r\n|\n|\r/g, lineEnd),
      );
      expect(told([other])).toEqual(each);
      expect(told([...other].map((byte) => Uint8Array.of(byte)))).toEqual(each);
    }
  });
});
