import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { ReadableStream as NodeBody } from 'node:stream/web';
import { clientPair } from '../../helpers/measuredClient.js';
import { EVENT_STREAM } from '../../helpers/openaiAnswers.js';
import { STALL, startScriptedServer, type ScriptedServer } from '../../helpers/scriptedServer.js';
import { SDKS } from '../../helpers/sdks.js';

let server: ScriptedServer;
beforeAll(async () => {
  server = await startScriptedServer();
});
afterAll(() => server.close());

test.each(SDKS)('$version: whoever breaks off stops the server too', async ({ OpenAI }) => {
  const { measured } = clientPair(OpenAI, { baseURL: server.url });
  server.script({ headers: EVENT_STREAM, steps: ['data: {"choices":[]}\n\n', STALL] });
  const before = server.clientsGone();
  const stream = await measured.chat.completions.create({ model: 'm', messages: [], stream: true });
  for await (const chunk of stream) if (chunk.choices.length === 0) break;
  expect(await goneAfter(before)).toBe(before + 1);
});

type Body = ReadableStream<Uint8Array>;

const WAYS: readonly (readonly [name: string, give: (body: Body) => Promise<unknown>])[] = [
  ['cancelling the body unread', (body) => body.cancel()],
  [
    'cancelling it by a reader',
    async (body) => {
      const reader = body.getReader();
      await reader.read();
      await reader.cancel();
    },
  ],
  [
    'leaving an iteration over it',
    async (body) => {
      const events = body.values();
      await events.next();
      await events.return?.();
    },
  ],
  [
    'cancelling it after an iteration that left it open',
    async (body) => {
      const events = body.values({ preventCancel: true });
      await events.next();
      await events.return?.();
      await body.cancel();
    },
  ],
];

const READERS: readonly (readonly [name: string, read: (body: Body) => Promise<string>])[] = [
  ['iterating', (body) => text(body)],
  ['a response made of it', (body) => new Response(body).text()],
  ['a stream of Node.js', (body) => text(Readable.fromWeb(body as NodeBody))],
  ['a stream that it is piped through', (body) => text(body.pipeThrough(new TransformStream()))],
  ['a branch of it', (body) => text(body.tee()[1])],
];

describe.each(SDKS)('$version', ({ OpenAI }) => {
  test.each(WAYS)('%s gives up the stream, and the call with it', async (_name, give) => {
    const { measured, reporter } = clientPair(OpenAI, { baseURL: server.url });
    server.script({ headers: EVENT_STREAM, steps: ['data: {"choices":[]}\n\n', STALL] });
    const before = server.clientsGone();
    const call = measured.chat.completions.create({ model: 'm', messages: [], stream: true });
    const { body } = await call.asResponse();
    await give(body!);
    expect(await goneAfter(before)).toBe(before + 1);
    expect(reporter.ended).toMatchObject([['ai_stream_aborted', { model: 'm' }]]);
  });

  test('while one iterates over a body it is locked, and after that what is left can be read', async () => {
    const { measured } = clientPair(OpenAI, { baseURL: server.url });
    server.script({ headers: EVENT_STREAM, steps: ['data: 1\n\ndata: 2\n\ndata: 3\n\n'] });
    const call = measured.chat.completions.create({ model: 'm', messages: [], stream: true });
    const { body } = await call.asResponse();
    const events = body!.values({ preventCancel: true });
    await events.next();

    expect(body!.locked).toBe(true);
    expect(() => body!.getReader()).toThrow('locked');
    expect(() => body!.values()).toThrow('locked');
    await expect(body!.cancel()).rejects.toThrow('locked');

    await events.return?.();
    expect(body!.locked).toBe(false);
    expect(await text(body!)).toBe('data: 2\n\ndata: 3\n\n');
  });

  test.each(READERS)('%s reads all of a stream, which counts once', async (_name, read) => {
    const { measured, reporter } = clientPair(OpenAI, { baseURL: server.url });
    const sent = 'data: {"choices":[{"index":0,"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n';
    server.script({ headers: EVENT_STREAM, steps: [sent] });
    const call = measured.chat.completions.create({ model: 'm', messages: [], stream: true });
    const { body } = await call.asResponse();
    expect(await read(body!)).toBe(sent);
    expect(reporter.ended).toMatchObject([['ai_stream_complete', { finishReasons: ['stop'] }]]);
  });
});

async function goneAfter(before: number): Promise<number> {
  for (let turn = 0; turn < 200 && server.clientsGone() === before; turn += 1) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return server.clientsGone();
}
