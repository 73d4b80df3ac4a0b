import { jest } from '@jest/globals';
import fc from 'fast-check';
import type OpenAI from 'openai';
import type { EndFields, StreamEndFields } from '../../../src/monitor/events.js';
import { SseParser } from '../../../src/openai/sse.js';
import { cutAt } from '../../helpers/cutAt.js';
import { clientPair, settled } from '../../helpers/measuredClient.js';
import { EVENT_STREAM } from '../../helpers/openaiAnswers.js';
import { SDKS } from '../../helpers/sdks.js';
import { streamFixture, streamFixtureNames } from '../../helpers/streamFixtures.js';
import { untilCollected } from '../../helpers/untilCollected.js';

const DELTA = 'data: {"model":"m-1","choices":[{"index":0,"delta":{"content":"a"}}]}\n\n';
const FINISH = 'data: {"model":"m-1","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\n';
const USAGE =
  'data: {"model":"m-1","choices":[],"usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}}\n\n';
const DONE = 'data: [DONE]\n\n';

const bytes = (...texts: string[]): Uint8Array[] => texts.map((text) => new TextEncoder().encode(text));
const singly = (text: string): Uint8Array[] => [...new TextEncoder().encode(text)].map((byte) => Uint8Array.of(byte));

beforeAll(() => {
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
});
afterAll(() => {
  jest.restoreAllMocks();
});

describe.each(SDKS)('$version', ({ OpenAI }) => {
  /** A measured client whose upstream sends these chunks, and then ends the stream or goes silent. */
  function answering(chunks: readonly Uint8Array[], { goesOn = false, usageInStreams = false } = {}) {
    const fetch = (_url: unknown, init?: RequestInit): Promise<Response> => {
      let at = 0;
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          init?.signal?.addEventListener('abort', () => controller.error(init.signal?.reason));
        },
        pull(controller) {
          const chunk = chunks[at];
          at += 1;
          if (chunk !== undefined) controller.enqueue(chunk);
          else if (goesOn) return new Promise(() => undefined);
          else controller.close();
          return undefined;
        },
      });
      return Promise.resolve(new Response(body, { headers: EVENT_STREAM }));
    };
    const { measured, reporter } = clientPair(OpenAI, { fetch }, { usageInStreams });
    const call = (api = 'chat') => ask(measured, api);
    const recorded = async () => {
      await settled(reporter);
      return reporter.ended.map(([event, fields]) => [event, withoutTimes(fields)]);
    };
    return { client: measured, call, reporter, recorded };
  }

  test('the bytes of a stream are parsed by the SDK alone', async () => {
    const parse = jest.spyOn(SseParser.prototype, 'push');
    const { call, recorded } = answering(bytes(...Array<string>(50).fill(DELTA), FINISH, USAGE, DONE));
    const { parsed } = await drained(await call());
    expect(parsed).toHaveLength(52);
    expect(parse).not.toHaveBeenCalled();
    expect(await recorded()).toMatchObject([['ai_stream_complete', { totalTokens: 5, finishReasons: ['stop'] }]]);
    parse.mockRestore();
  });

  // The SDK gives up in the middle of garbage.
  test.each(streamFixtureNames.filter((name) => name !== 'garbage'))(
    '%s is recorded as when its bytes are read, however they come',
    async (name) => {
      const api = name.split('-')[0]!;
      const input = streamFixture(name);
      const asBytes = answering([input]);
      await (await asBytes.call(api).asResponse()).text();
      const [expected] = await asBytes.recorded();

      const cuts = fc.array(fc.nat({ max: input.length }), { maxLength: 12 });
      await fc.assert(
        fc.asyncProperty(cuts, async (positions) => {
          const parsed = answering(cutAt(input, positions));
          await drained(await parsed.call(api));
          expect(await parsed.recorded()).toEqual([expected]);
        }),
        { numRuns: 15 },
      );
    },
  );

  test('a stream without finish reasons is whole if it says so, however its bytes come', async () => {
    const whole = answering([...bytes(DELTA), ...singly(DONE)]);
    await drained(await whole.call());
    const cut = answering(bytes(DELTA));
    await drained(await cut.call());
    expect(await whole.recorded()).toMatchObject([['ai_stream_complete', { usageMissing: 'not_sent' }]]);
    expect(await cut.recorded()).toMatchObject([['ai_stream_error', { errorType: 'stream_interrupted' }]]);
  });

  test('usage that had come when the caller left counts', async () => {
    const half = USAGE.length / 2;
    const together = answering(bytes(DELTA, FINISH + USAGE), { goesOn: true });
    const inPieces = answering(bytes(DELTA, FINISH + USAGE.slice(0, half), USAGE.slice(half)), { goesOn: true });
    for (const { call } of [together, inPieces]) {
      for await (const { choices } of await call()) if (choices[0]?.finish_reason === 'stop') break;
    }
    expect(await together.recorded()).toMatchObject([['ai_stream_complete', { totalTokens: 5 }]]);
    expect(await inPieces.recorded()).toMatchObject([
      ['ai_stream_complete', { totalTokens: null, usageMissing: 'aborted' }],
    ]);
  });

  test('an event in very many pieces is recorded, and no end of comments keeps anything from it', async () => {
    const pings = Array<string>(1000).fill(': ping\n\n');
    const { call, recorded } = answering([...bytes(...pings, DELTA, ...pings), ...singly(FINISH + USAGE + DONE)]);
    const { parsed } = await drained(await call());
    expect(parsed).toHaveLength(3);
    expect(await recorded()).toMatchObject([['ai_stream_complete', { totalTokens: 5, finishReasons: ['stop'] }]]);
  });

  test('what usage brings that was asked for on our own account is kept from the caller', async () => {
    const delta = DELTA.replace('"choices"', '"usage":null,"choices"');
    const { call, recorded } = answering(bytes(delta + delta, FINISH, USAGE + DONE), { usageInStreams: true });
    const { parsed } = await drained(await call());
    expect(parsed.map((chunk) => Object.keys(chunk as object))).toEqual(Array(3).fill(['model', 'choices']));
    expect(await recorded()).toMatchObject([['ai_stream_complete', { totalTokens: 5 }]]);
  });

  test('once the SDK has read a stream its body is used, and not locked', async () => {
    const { call } = answering(bytes(DELTA, FINISH, DONE));
    const { data, response } = await call().withResponse();
    await drained(data);
    expect(response.bodyUsed).toBe(true);
    expect(response.body!.locked).toBe(false);
    await expect(response.text()).rejects.toThrow('already been read');
  });

  test('a stream class of the application reads the bytes as it likes, and they are watched', async () => {
    const { client, recorded } = answering(bytes(DELTA, FINISH, USAGE + DONE));
    const streamClass = { fromSSEResponse: ({ body }: Response) => ({ iterator: () => body!.values() }) };
    const stream: { iterator(): AsyncIterable<Uint8Array> } = await client.post('/chat/completions', {
      body: { model: 'm', messages: [], stream: true },
      stream: true,
      __streamClass: streamClass as never,
    });
    const parts: Uint8Array[] = [];
    for await (const part of stream.iterator()) parts.push(part);
    expect(Buffer.concat(parts).toString()).toBe(DELTA + FINISH + USAGE + DONE);
    expect(await recorded()).toMatchObject([['ai_stream_complete', { totalTokens: 5 }]]);
  });

  test('a stream that is dropped in the middle is recorded as aborted once it is garbage', async () => {
    const { call, reporter, recorded } = answering(bytes(DELTA, DELTA), { goesOn: true });
    await (async () => {
      await (await call())[Symbol.asyncIterator]().next();
    })();
    expect(reporter.inFlight).toBe(1);
    await untilCollected(() => reporter.inFlight === 0);
    expect(await recorded()).toMatchObject([['ai_stream_aborted', { usageMissing: 'aborted' }]]);
  });
});

function ask(client: OpenAI, api: string) {
  if (api === 'responses') return client.responses.create({ model: 'm', input: '', stream: true }) as never;
  if (api === 'completions') return client.completions.create({ model: 'm', prompt: '', stream: true }) as never;
  return client.chat.completions.create({ model: 'm', messages: [], stream: true });
}

async function drained(stream: AsyncIterable<unknown>): Promise<{ parsed: unknown[]; failed: boolean }> {
  const parsed: unknown[] = [];
  try {
    for await (const value of stream) parsed.push(value);
  } catch {
    return { parsed, failed: true };
  }
  return { parsed, failed: false };
}

/** What is recorded of a call, but for its times and ids. */
function withoutTimes(fields: EndFields): object {
  const { timeToFirstToken, timePerOutputToken } = fields as StreamEndFields;
  const times = { timeToFirstToken: typeof timeToFirstToken, timePerOutputToken: typeof timePerOutputToken };
  return { ...fields, ...times, correlationId: '', timestamp: 0, duration: 0 };
}
