import { httpCall } from '../../helpers/httpCall.js';
import { jsonAnswer } from '../../helpers/openaiAnswers.js';
import { startScriptedServer, type ScriptedServer } from '../../helpers/scriptedServer.js';
import { until } from '../../helpers/until.js';
import { startGateway, type RunningGateway } from '../../helpers/withGateway.js';

let server: ScriptedServer;
let gateway: RunningGateway;
beforeAll(async () => {
  server = await startScriptedServer();
  gateway = await startGateway(`${server.url}/v1`);
});
afterAll(async () => {
  await gateway.gateway.close(0);
  await server.close();
});

const FORM = 'multipart/form-data; boundary=edge';
const part = (disposition: string, content: string) =>
  `--edge\r\nContent-Disposition: form-data; ${disposition}\r\n\r\n${content}\r\n`;
const file = (content: string) => part('name="file"; filename="a.mp3"', content);
const model = (name: string) => part('name="model"', name);
const END = '--edge--\r\n';

test.each([
  ['before the file', FORM, model('whisper-1') + file('audio') + END, 'whisper-1'],
  ['after a file of 3 MB', FORM, file('x'.repeat(3_000_000)) + model('whisper-1') + END, 'whisper-1'],
  [
    'not, though the file has what looks like it',
    FORM,
    file(model('fake').replaceAll('--edge', '--egde')) + END,
    'unknown',
  ],
  ['twice, and the first counts', FORM, model('whisper-1') + model('other') + END, 'whisper-1'],
  ['with 10,000 letters, of which 200 count', FORM, model('m'.repeat(10_000)) + END, 'm'.repeat(200)],
  ['in a form that names no boundary', 'multipart/form-data', model('whisper-1') + END, 'unknown'],
  ['in a form that is cut', FORM, file('audio'), 'unknown'],
  ['in something that is no form', FORM, '\0\r\n--edge\0'.repeat(1000), 'unknown'],
])('a form names its model %s: its bytes pass, and the call is of that model', async (_where, type, body, expected) => {
  server.script(jsonAnswer({ text: 'words', usage: { type: 'duration', seconds: 60 } }));
  gateway.reporter.reset();

  const answer = await httpCall(`${gateway.url}/v1/audio/transcriptions`, { headers: { 'content-type': type }, body });

  expect(answer.status).toBe(200);
  expect(server.requests.at(-1)!.body === body).toBe(true);
  await until(() => gateway.reporter.ended.length > 0, 'the end of the call');
  expect(gateway.reporter.ended.map(([, end]) => [end.operation, end.model, end.startedAsModel])).toEqual([
    ['transcription', expected, 'unknown'],
  ]);
});
