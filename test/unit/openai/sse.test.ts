import fc from 'fast-check';
import { SseParser, type SseEvent } from '../../../src/openai/sse.js';
import { cutAt } from '../../helpers/cutAt.js';
import { streamFixture, streamFixtureNames } from '../../helpers/streamFixtures.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

function parse(chunks: readonly Uint8Array[], parser = new SseParser()): SseEvent[] {
  const events = chunks.flatMap((chunk) => parser.push(chunk));
  const rest = parser.end();
  return rest === undefined ? events : [...events, rest];
}

const comparable = (events: readonly SseEvent[]) =>
  events.map(({ data, event, raw, unfinished }) => ({
    data,
    event,
    unfinished,
    raw: Buffer.from(raw).toString('hex'),
  }));

const joined = (events: readonly SseEvent[]): string => Buffer.concat(events.map(({ raw }) => raw)).toString('hex');

describe('what an event says', () => {
  test.each([
    ['LF', 'data: a\n\n', ['a']],
    ['CRLF', 'data: a\r\n\r\n', ['a']],
    ['CR', 'data: a\r\rdata: b\r\r', ['a', 'b']],
    ['line ends of all kinds together', 'data: a\r\ndata: b\rdata: c\n\ndata: d\n\r\n', ['a\nb\nc', 'd']],
    ['no space after the colon', 'data:a\n\n', ['a']],
    ['only the first space is taken away', 'data:  a\n\n', [' a']],
    ['several data lines', 'data: a\ndata: b\n\n', ['a\nb']],
    ['a byte order mark at the start', '\uFEFFdata: a\n\n', ['a']],
    ['no byte order mark later', 'data: a\n\n\uFEFFdata: b\n\n', ['a', '']],
    ['a comment before the data', ': hello\ndata: a\n\n', ['a']],
    ['a comment alone', ': hello\n\ndata: a\n\n', ['', 'a']],
    ['fields that are not known', 'id: 1\nretry: 5\nfoo\ndata: a\n\n', ['a']],
    ['a name without a colon', 'data\n\n', ['']],
    ['an event without its blank line', 'data: a\n\ndata: b\n', ['a', 'b']],
    ['an event whose blank line is the last CR', 'data: a\n\r', ['a']],
    ['nothing', '', []],
  ])('%s', (_title, text, expected) => {
    expect(parse([bytes(text)]).map(({ data }) => data)).toEqual(expected);
  });

  test('the event field is told, an empty one is not', () => {
    expect(parse([bytes('event: ping\ndata: a\n\nevent:\ndata: b\n\n')]).map(({ event }) => event)).toEqual([
      'ping',
      undefined,
    ]);
  });

  test('only what lacks its blank line is unfinished', () => {
    expect(parse([bytes('data: a\r\n\r\ndata: b\r\n\r')]).map(({ unfinished }) => unfinished)).toEqual([
      undefined,
      undefined,
    ]);
    expect(parse([bytes('data: a\n\ndata: b\n')]).map(({ unfinished }) => unfinished)).toEqual([undefined, true]);
  });

  test('bytes that are not UTF-8 become replacement characters and stay as they are in raw', () => {
    const [event] = parse([Uint8Array.of(...bytes('data: '), 0xff, 0xc3, 10, 10)]);
    expect(event?.data).toBe('\uFFFD\uFFFD');
    expect([...(event?.raw ?? [])].slice(-4)).toEqual([0xff, 0xc3, 10, 10]);
  });
});

describe.each(streamFixtureNames)('the recorded stream %s', (name) => {
  const input = streamFixture(name);
  const whole = comparable(parse([input]));

  test('its raws are its bytes', () => {
    expect(joined(parse([input]))).toBe(Buffer.from(input).toString('hex'));
  });

  test('cut in two at any byte it gives the same events', () => {
    for (let at = 0; at <= input.length; at += 1) {
      expect(comparable(parse(cutAt(input, [at])))).toEqual(whole);
    }
  });

  test('byte by byte it gives the same events', () => {
    expect(comparable(parse([...input].map((byte) => Uint8Array.of(byte))))).toEqual(whole);
  });

  test('cut in any other way it gives the same events', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: input.length }), { maxLength: 60 }), (positions) => {
        expect(comparable(parse(cutAt(input, positions)))).toEqual(whole);
      }),
      { numRuns: 50 },
    );
  });
});

test('whatever the bytes are and however they are cut, the events are the same and nothing is lost', () => {
  const piece = fc.constantFrom('data: x', 'data:', 'event: e', ': c', '\n', '\r', '\r\n', 'é', '👋', '\uFEFF', 'data');
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 40 }),
      fc.array(fc.nat({ max: 200 }), { maxLength: 10 }),
      (pieces, cuts) => {
        const input = bytes(pieces.join(''));
        const whole = parse([input]);
        expect(joined(whole)).toBe(Buffer.from(input).toString('hex'));
        const positions = cuts.map((cut) => Math.min(cut, input.length));
        expect(comparable(parse(cutAt(input, positions)))).toEqual(comparable(whole));
      },
    ),
    { numRuns: 500 },
  );
});

describe('an event over the bound', () => {
  const long = `data: ${'x'.repeat(100)}\n\n`;
  const input = bytes(`data: a\n\n${long}data: b\r\n\r\n`);

  test.each([1, 7, 30, 1000])('passes through without data, and the next ones are read (chunks of %i)', (size) => {
    const chunks = Array.from({ length: Math.ceil(input.length / size) }, (_, i) =>
      input.slice(i * size, (i + 1) * size),
    );
    const events = parse(chunks, new SseParser({ maxEventBytes: 50 }));
    expect(joined(events)).toBe(Buffer.from(input).toString('hex'));
    expect(events.map(({ data }) => data).filter((data) => data !== '')).toEqual(['a', 'b']);
    for (const { data, raw } of events) expect(data === '' || raw.length <= 50).toBe(true);
  });

  test('no more than the bound is held back', () => {
    const parser = new SseParser({ maxEventBytes: 50 });
    let held = 0;
    for (const byte of bytes('data: '.padEnd(500, 'y'))) {
      held += 1 - parser.push(Uint8Array.of(byte)).reduce((sum, { raw }) => sum + raw.length, 0);
      expect(held).toBeLessThanOrEqual(50);
    }
  });
});

test('an event of 5 MB in chunks of 1 KB comes whole', () => {
  const text = 'ü'.repeat(2_500_000);
  const input = bytes(`data: ${text}\n\n`);
  const chunks = Array.from({ length: Math.ceil(input.length / 1024) }, (_, i) =>
    input.subarray(i * 1024, (i + 1) * 1024),
  );
  const events = parse(chunks);
  expect(events).toHaveLength(1);
  expect(events[0]?.data === text).toBe(true);
});
