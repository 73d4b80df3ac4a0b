import { existsSync, readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { run } from '../../../src/cli/run.js';
import { ensureChromium } from '../../helpers/chromium.js';
import { ROOT } from '../../helpers/repository.js';
import { temporaryFolder, type TemporaryFolder } from '../../helpers/temporaryFolder.js';
import { testIo } from '../../helpers/testIo.js';
import { until } from '../../helpers/until.js';

let folder: TemporaryFolder;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => {
  folder.remove();
});

const FIXTURES = join(ROOT, 'test/fixtures/preview');
const DOWN = ['--prometheus-url', 'http://127.0.0.1:1'];

test('preview serves until it is told to stop, and says where', async () => {
  const io = testIo({ cwd: ROOT });
  const ended = run(['preview', '--port', '0', '--dashboards', FIXTURES, ...DOWN], io);
  await until(() => io.out.length > 0, 'the preview to listen');
  const { listening, url } = JSON.parse(io.out[0]!) as { listening: string; url: string };
  expect(listening).toBe('preview');
  expect(await (await fetch(`${url}/api/dashboards`)).json()).toMatchObject({ dashboards: [{ uid: 'all-panels' }] });
  io.stop();
  expect(await ended).toBe(0);
  await expect(fetch(url)).rejects.toThrow();
});

test('preview --png writes a picture per board and tells which panels drew nothing', async () => {
  const PATH = dirname(await ensureChromium());
  const io = testIo({ cwd: folder.path, env: { PATH } });
  const code = await run(['preview', '--png', 'pictures', '--dashboards', FIXTURES, '--theme', 'light', ...DOWN], io);
  const file = join(folder.path, 'pictures/all-panels.png');
  expect(io.out).toEqual([file]);
  expect(readFileSync(file).subarray(1, 4).toString()).toBe('PNG');
  expect(io.err).toContain(
    "all-panels: Requests: Prometheus can't be reached at http://127.0.0.1:1; start it or give its address",
  );
  expect(code).toBe(1);
});

test.each([
  [
    'a folder that is not there',
    ['--dashboards', 'nowhere'],
    64,
    /nowhere can't be read; give their folder with --dashboards/,
  ],
  [
    'a board that is not there',
    ['--dashboards', FIXTURES, '--png', 'p', '--dashboard', 'x'],
    64,
    /no dashboard x .* there are: all-panels/,
  ],
  ['a port that is none', ['--port', '99999'], 64, /It must be a port from 0 to 65535/],
  ['an address that is none', ['--prometheus-url', 'nonsense'], 64, /It must be an address such as/],
  [
    'a machine without Chromium',
    ['--dashboards', FIXTURES, '--png', 'p'],
    69,
    /put one on the PATH \(on Debian: `apt-get install/,
  ],
])('preview tells of %s in one sentence', async (_, args, code, message) => {
  const io = testIo({ cwd: folder.path });
  expect(await run(['preview', ...args], io)).toBe(code);
  expect(io.err.at(-1)).toMatch(message);
  expect(existsSync(join(folder.path, 'p'))).toBe(false);
});

test('preview tells of a port that is in use', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const port = String((other.address() as AddressInfo).port);
  const io = testIo({ cwd: folder.path });
  expect(await run(['preview', '--dashboards', FIXTURES, '--port', port], io)).toBe(69);
  expect(io.err).toEqual([
    `promptmeter: the preview can't listen on 127.0.0.1:${port}; choose another port with --port`,
  ]);
  other.close();
});
