import { jest } from '@jest/globals';
import { APIS, streamed, type Api, type EventStream } from '../../helpers/apis.js';
import { clientPair, settled } from '../../helpers/measuredClient.js';
import { jsonAnswer } from '../../helpers/openaiAnswers.js';
import { outcomeOf } from '../../helpers/outcome.js';
import {
  RESET,
  STALL,
  startScriptedServer,
  type Script,
  type ScriptedServer,
  type Step,
} from '../../helpers/scriptedServer.js';
import { SDKS } from '../../helpers/sdks.js';

type See = (value: unknown) => void;
type Take = (stream: EventStream, see: See, abort: () => void) => Promise<void>;

interface StreamFault {
  readonly title: string;
  readonly script?: (api: Api) => Script;
  /** How the caller takes the stream; to its end by default. */
  readonly take?: Take;
  readonly abortsBefore?: boolean;
  readonly end: 'complete' | 'error' | 'aborted';
  readonly errorType?: string;
  /** Why usage is missing; `told` when it is not. */
  readonly usage: 'told' | 'not_sent' | 'aborted' | 'stream_interrupted';
  readonly firstToken?: boolean;
}

const changed = (change: (events: string[], api: Api) => readonly Step[]) => (api: Api) =>
  streamed(api, (events) => change(events, api));

const all: Take = async (stream, see) => {
  for await (const event of stream) see(event);
};

/** Takes events up to the first with output, and then does something. */
const upToOutput =
  (then: (stream: EventStream, abort: () => void) => 'break' | 'go on'): Take =>
  async (stream, see, abort) => {
    for await (const event of stream) {
      see(event);
      if (JSON.stringify(event).includes('Gr') || JSON.stringify(event).includes('"delta":"H')) {
        if (then(stream, abort) === 'break') break;
      }
    }
  };

/** Splits an event in the middle of a character of several bytes. */
function splitCharacter(events: string[]): Step[] {
  const bytes = Buffer.from(events.join(''));
  const at = bytes.findIndex((byte) => byte >= 0xf0) + 2;
  return [bytes.subarray(0, at), { pause: 15 }, bytes.subarray(at)];
}

const stalling = (events: string[], api: Api): Step[] => [...events.slice(0, api.name === 'chat' ? 2 : 5), STALL];
const withoutEnd = (events: string[], api: Api): string[] => events.slice(0, api.name === 'chat' ? 2 : 5);
const error = { message: 'PROMPT-SECRET', type: 'server_error', param: null, code: null };

const FAULTS: readonly StreamFault[] = [
  { title: 'none', end: 'complete', usage: 'told' },
  { title: 'a character cut in two', script: changed(splitCharacter), end: 'complete', usage: 'told' },
  {
    title: 'every byte by itself',
    script: changed((events) => [...Buffer.from(events.join(''))].map((byte) => Uint8Array.of(byte))),
    end: 'complete',
    usage: 'told',
  },
  {
    title: 'an event of 5 MB',
    script: changed((events) => [
      ...events.slice(0, 1),
      `: ${'x'.repeat(5_000_000)}\n${events[1] ?? ''}`,
      ...events.slice(2),
    ]),
    end: 'complete',
    usage: 'told',
  },
  {
    title: 'keep-alives',
    script: changed((events) => events.flatMap((event) => [': keep-alive\n\n', event])),
    end: 'complete',
    usage: 'told',
  },
  {
    title: 'no [DONE]',
    script: changed((events) => events.filter((event) => !event.includes('[DONE]'))),
    end: 'complete',
    usage: 'told',
  },
  {
    title: 'an end without an end',
    script: changed(withoutEnd),
    end: 'error',
    errorType: 'stream_interrupted',
    usage: 'stream_interrupted',
  },
  {
    title: 'nothing at all',
    script: changed(() => []),
    end: 'error',
    errorType: 'stream_interrupted',
    usage: 'stream_interrupted',
    firstToken: false,
  },
  {
    title: 'a reset after headers',
    script: changed(() => [RESET]),
    end: 'error',
    errorType: 'stream_interrupted',
    usage: 'stream_interrupted',
    firstToken: false,
  },
  {
    title: 'a reset between events',
    script: changed((events, api) => [...withoutEnd(events, api), RESET]),
    end: 'error',
    errorType: 'stream_interrupted',
    usage: 'stream_interrupted',
  },
  {
    title: 'a reset in the middle of an event',
    script: changed((events, api) => [...withoutEnd(events, api), 'data: {"id":"chatcm', RESET]),
    end: 'error',
    errorType: 'stream_interrupted',
    usage: 'stream_interrupted',
  },
  {
    title: 'an error event',
    script: changed((events, api) => [...withoutEnd(events, api), `data: ${JSON.stringify({ error })}\n\n`]),
    end: 'error',
    errorType: 'server_error',
    usage: 'stream_interrupted',
  },
  {
    title: 'a named error event',
    script: changed((events, api) => [
      ...withoutEnd(events, api),
      `event: error\ndata: ${JSON.stringify({ ...error, type: 'error', code: 'rate_limit_exceeded' })}\n\n`,
    ]),
    end: 'error',
    errorType: 'rate_limit',
    usage: 'stream_interrupted',
  },
  {
    title: 'garbage',
    script: changed((events, api) => [...withoutEnd(events, api), 'data: {"cho\n\n']),
    end: 'error',
    errorType: 'stream_error',
    usage: 'stream_interrupted',
  },
  {
    title: 'JSON in place of events',
    script: ({ json }) => jsonAnswer(json),
    end: 'complete',
    usage: 'told',
    firstToken: false,
  },
  {
    title: 'a break',
    script: changed(stalling),
    take: upToOutput(() => 'break'),
    end: 'aborted',
    usage: 'aborted',
  },
  {
    title: 'a break though more had come',
    take: upToOutput(() => 'break'),
    script: changed((events) => [events.join('').replaceAll(/"(usage|output_tokens)":\{/g, '"x":{'), STALL]),
    end: 'aborted',
    usage: 'aborted',
  },
  {
    title: 'controller.abort()',
    script: changed(stalling),
    take: upToOutput((stream) => (stream.controller.abort(), 'go on')),
    end: 'aborted',
    usage: 'aborted',
  },
  {
    title: 'controller.abort() before the first event is taken',
    script: changed(stalling),
    take: async (stream, see) => {
      stream.controller.abort();
      await all(stream, see, () => undefined);
    },
    end: 'aborted',
    usage: 'aborted',
    firstToken: false,
  },
  {
    title: "the caller's signal while events come",
    script: changed(stalling),
    take: upToOutput((_stream, abort) => (abort(), 'go on')),
    end: 'aborted',
    usage: 'aborted',
  },
  {
    title: 'a stall that lasts longer than the caller waits',
    script: changed(stalling),
    take: async (stream, see, abort) => {
      setTimeout(abort, 50);
      await all(stream, see, abort);
    },
    end: 'aborted',
    usage: 'aborted',
  },
  { title: "the caller's signal before", abortsBefore: true, end: 'aborted', usage: 'aborted', firstToken: false },
  {
    title: "the caller's signal after the end",
    take: async (stream, see, abort) => {
      await all(stream, see, abort);
      abort();
    },
    end: 'complete',
    usage: 'told',
  },
  {
    title: 'tee()',
    take: async (stream, see) => {
      const [left, right] = stream.tee();
      for await (const event of left) see(event);
      for await (const event of right) see(event);
    },
    end: 'complete',
    usage: 'told',
  },
  {
    title: 'toReadableStream()',
    take: async (stream, see) => {
      see(await new Response(stream.toReadableStream()).text());
    },
    end: 'complete',
    usage: 'told',
  },
  {
    title: 'a second consumer',
    take: async (stream, see) => {
      await all(stream, see, () => undefined);
      await all(stream, see, () => undefined);
    },
    end: 'complete',
    usage: 'told',
  },
];

let server: ScriptedServer;
beforeAll(async () => {
  server = await startScriptedServer();
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
});
afterAll(async () => {
  await server.close();
  jest.restoreAllMocks();
});

describe.each(SDKS)('$version', ({ OpenAI }) => {
  describe.each(APIS)('a stream of $name', (api) => {
    test.each(FAULTS)('$title', async (fault) => {
      const { script = streamed, take = all, end, errorType, usage, firstToken = true } = fault;
      const { bare, measured, reporter } = clientPair(OpenAI, { baseURL: server.url });
      const run = async (client: InstanceType<typeof OpenAI>) => {
        server.script(script(api));
        const controller = new AbortController();
        if (fault.abortsBefore === true) controller.abort();
        return await outcomeOf(async (see) => {
          const stream = await api.stream(client, { signal: controller.signal });
          await take(stream, see, () => controller.abort());
        });
      };
      const expected = await run(bare);
      expect(await run(measured)).toEqual(expected);
      await settled(reporter);

      expect(reporter.ended).toMatchObject([
        [
          `ai_stream_${end}`,
          {
            operation: api.name,
            usageMissing: usage === 'told' ? null : usage,
            ...(usage === 'told' ? api.streamUsage : { totalTokens: null }),
            ...(errorType === undefined ? {} : { errorType }),
            timeToFirstToken: firstToken ? (expect.any(Number) as number) : null,
          },
        ],
      ]);
      expect(reporter.inFlight).toBe(0);
      expect(JSON.stringify(reporter.events)).not.toMatch(/SECRET|Grüße/);
    });
  });
});
