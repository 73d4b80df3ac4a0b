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
  for (let turn = 0; turn < 200 && server.clientsGone() === before; turn += 1) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  expect(server.clientsGone()).toBe(before + 1);
});
