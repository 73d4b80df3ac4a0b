import fc from 'fast-check';
import { SseParser } from '../../../src/openai/sse.js';
import { StreamObserver } from '../../../src/openai/StreamObserver.js';
import { withoutUsage } from '../../../src/openai/withoutUsage.js';
import { cutAt } from '../../helpers/cutAt.js';
import { streamFixture, streamFixtureNames } from '../../helpers/streamFixtures.js';

/** What a stream tells of its call, and what a caller gets of it who did not ask for usage, however its bytes come. */
function told(chunks: readonly Uint8Array[]): unknown {
  const parser = new SseParser();
  const observer = new StreamObserver();
  const passed: Uint8Array[] = [];
  let firstOutputAt = -1;
  let count = 0;
  const see = (events: ReturnType<SseParser['push']>): void => {
    for (const event of events) {
      observer.observe(event);
      if (observer.firstOutput && firstOutputAt === -1) firstOutputAt = count;
      count += 1;
      const bytes = withoutUsage(event);
      if (bytes !== undefined) passed.push(bytes);
    }
  };
  for (const chunk of chunks) see(parser.push(chunk));
  const last = parser.end();
  if (last !== undefined) see([last]);
  const { finished, ended, malformed, failure } = observer;
  const bytes = Buffer.concat(passed).toString('hex');
  return { result: observer.result(), firstOutputAt, finished, ended, malformed, failure, bytes };
}

describe.each(streamFixtureNames)('what the recorded stream %s tells of its call', (name) => {
  const input = streamFixture(name);
  const whole = told([input]);

  test('is the same when it is cut in two at any byte', () => {
    const expected = JSON.stringify(whole);
    const places = Array.from({ length: input.length + 1 }, (_, at) => at);
    expect(places.filter((at) => JSON.stringify(told(cutAt(input, [at]))) !== expected)).toEqual([]);
  });

  test('is the same in any other chunking', () => {
    const positions = fc.array(fc.nat({ max: input.length }), { maxLength: 60 });
    fc.assert(
      fc.property(positions, (cuts) => expect(told(cutAt(input, cuts))).toEqual(whole)),
      { numRuns: 50 },
    );
    expect(told([...input].map((byte) => Uint8Array.of(byte)))).toEqual(whole);
  });

  test('is not more, when it stops at any byte, than what had come', () => {
    type Told = { readonly firstOutputAt: number; readonly malformed: boolean };
    const { firstOutputAt, malformed } = whole as Told;
    const saysMore = (at: number): boolean => {
      const part = told([input.slice(0, at)]) as Told;
      const isElsewhere = part.firstOutputAt !== -1 && part.firstOutputAt !== firstOutputAt;
      return isElsewhere || (part.malformed && !malformed);
    };
    expect(Array.from(input.keys()).filter(saysMore)).toEqual([]);
  });
});
