import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { readFormModel } from '../../../src/gateway/formModel.js';

const field = (name: string, value: string): string =>
  `--b\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;

/** What is told of a form, and whether it is still followed after this much of it. */
async function follow(...parts: readonly string[]): Promise<{ readonly told: string[]; readonly follows: boolean }> {
  const request = new IncomingMessage(new Socket());
  request.headers['content-type'] = 'multipart/form-data; boundary=b';
  const told: string[] = [];
  readFormModel(request, (model) => void told.push(model));
  request.push(parts.join(''));
  await turn();
  await turn();
  return { told, follows: request.listenerCount('data') > 0 };
}

test('a form is followed until it names its model', async () => {
  expect(await follow(field('language', 'en'), '--b')).toEqual({ told: [], follows: true });
  expect(await follow(field('model', 'whisper-1'), '--b')).toEqual({ told: ['whisper-1'], follows: false });
});

test('a form of parts without end is followed for its first parts only', async () => {
  expect(await follow(...Array<string>(1000).fill(field('x', 'y')))).toEqual({ told: [], follows: false });
});
