import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../../../src/cli/run.js';
import { eventually } from '../../helpers/eventually.js';
import { problemsOf } from '../../helpers/problemsOf.js';
import { head, startRawUpstream, type RawUpstream } from '../../helpers/rawUpstream.js';
import { startServe, type ServeProcess } from '../../helpers/serveProcess.js';
import { temporaryFolder } from '../../helpers/temporaryFolder.js';
import { testIo } from '../../helpers/testIo.js';

let upstream: RawUpstream;
let serve: ServeProcess | undefined;

beforeAll(async () => {
  upstream = await startRawUpstream((socket) => void socket.write(head('200 OK', [['content-length', '0']])));
});
beforeEach(() => {
  upstream.requests.length = 0;
});
afterEach(async () => {
  await serve?.stop();
  serve = undefined;
});
afterAll(async () => {
  await upstream.close();
});

/** What `promptmeter gateway key` prints: the key, and a line for promptmeter.yaml. */
async function makeKey(name: string): Promise<{ readonly key: string; readonly line: string }> {
  const io = testIo();
  expect(await run(['gateway', 'key', name], io)).toBe(0);
  const [key = '', line = ''] = io.out;
  return { key, line };
}

const withKeys = (...lines: readonly string[]): string =>
  `gateway:\n  keys:${lines.length === 0 ? ' []' : lines.map((line) => `\n    ${line}`).join('')}\n`;
const statusWith = async (key: string): Promise<number> => {
  const headers = { authorization: `Bearer ${key}` };
  return (await fetch(`${serve?.gatewayUrl}/v1/models`, { headers })).status;
};
const sentOn = (): (string | undefined)[] => upstream.requests.map(({ headers }) => headers['authorization']);

test('serve lets in whose hash stands in promptmeter.yaml, with the key of the server, and takes each change at once', async () => {
  const [first, second] = await Promise.all([makeKey('first'), makeKey('second')]);
  serve = await startServe(withKeys(first.line), {
    OPENAI_BASE_URL: upstream.baseUrl,
    OPENAI_API_KEY: 'sk-of-the-server',
    // What is never written at this level is written at none.
    LOG_LEVEL: 'trace',
    NODE_ENV: 'development',
  });
  expect([await statusWith(first.key), await statusWith(second.key), await statusWith('sk-of-the-server')]).toEqual([
    200, 401, 401,
  ]);
  expect(sentOn()).toEqual(['Bearer sk-of-the-server']);

  // As editors and Kubernetes do: another file takes the place of the first.
  serve.folder.write('next.yaml', withKeys(second.line));
  renameSync(join(serve.folder.path, 'next.yaml'), join(serve.folder.path, 'promptmeter.yaml'));
  await eventually('the new key to be let in', async () => ((await statusWith(second.key)) === 200 ? true : undefined));
  expect(await statusWith(first.key)).toBe(401);

  serve.folder.write('promptmeter.yaml', 'gateway: { keys: [');
  serve.kill('SIGHUP');
  await eventually('the mistake to be logged', () =>
    Promise.resolve(serve?.err.find((line) => line.includes('stay as they were'))),
  );
  expect(await statusWith(second.key)).toBe(200);

  serve.folder.write('promptmeter.yaml', 'outcomes: [accepted]\n');
  serve.kill('SIGHUP');
  await eventually('nobody to be let in', async () => ((await statusWith(second.key)) === 401 ? true : undefined));

  expect([...serve.err, ...serve.out].join('\n')).not.toMatch(
    new RegExp(`${first.key}|${second.key}|sk-of-the-server`),
  );
});

test('SIGHUP ends no serve that has nothing to read again: it says so and goes on', async () => {
  serve = await startServe('outcomes: [accepted]\n', { OPENAI_BASE_URL: upstream.baseUrl });
  serve.kill('SIGHUP');
  await eventually('word of it', () =>
    Promise.resolve(serve?.err.find((line) => line.includes('no keys and certificates to read again'))),
  );
  expect(await statusWith('sk-own')).toBe(200);
});

test('a key of an upstream comes from a file too, and is read again when the file changes', async () => {
  const { key, line } = await makeKey('app');
  const secrets = temporaryFolder();
  const secret = join(secrets.path, 'openai');
  const yaml = `${withKeys(line)}  apiKey: { file: ${secret} }\n`;
  const env = { OPENAI_BASE_URL: upstream.baseUrl };
  await expect(startServe(yaml, env)).rejects.toThrow(`the file ${secret} is empty or can't be read here`);

  secrets.write('openai', 'sk-first\n');
  serve = await startServe(yaml, env);
  expect([await statusWith(key), sentOn()]).toEqual([200, ['Bearer sk-first']]);
  secrets.write('openai', 'sk-second\n');
  await eventually('the next key', async () => {
    await statusWith(key);
    return sentOn().includes('Bearer sk-second') ? true : undefined;
  });
  secrets.remove();
});

test.each([
  [
    'a key in place of its hash',
    `{ name: a, hash: pm_a_${'x'.repeat(43)} }`,
    /gateway\.keys\[0\]\.hash: found something else; a hash is allowed, as `promptmeter gateway key <name>` prints it/,
  ],
  [
    'a label that is not counted',
    `{ name: a, hash: HASH, attribution: { team: x } }`,
    /gateway\.keys\[0\]\.attribution\.team: attribution\.labels has no team; add it there or take it out here/,
  ],
  [
    'a name twice',
    '{ name: a, hash: HASH }\n    - { name: a, hash: HASH }',
    /gateway\.keys: a is named more than once/,
  ],
  [
    'an upstream key that anybody could spend from',
    undefined,
    /gateway\.apiKey: with it whoever reaches the gateway could spend; add gateway\.keys/,
  ],
])('%s is a mistake that check names, without showing it', async (_name, entry, problem) => {
  const { key, line } = await makeKey('a');
  const hash = /hash: ('[^']+')/.exec(line)?.[1] ?? '';
  const yaml =
    entry === undefined ? 'gateway: { apiKey: { env: X } }' : withKeys(`- ${entry.replaceAll('HASH', hash)}`);
  const problems = problemsOf(yaml).join('\n');
  expect(problems).toMatch(problem);
  expect(problems).not.toMatch(new RegExp(`${key}|x{43}`));
});

test.each(['', 'Search', 'a_b', 'a'.repeat(41), '-a', 'a\nb'])('a key can not be called %j', async (name) => {
  const io = testIo();
  expect(await run(['gateway', 'key', '--', name], io)).toBe(64);
  expect(io.err[0]).toContain('is no name of a key; use up to 40 small letters, digits and -');
  expect(io.out).toEqual([]);
});

test('as JSON a new key comes with its name and hash, and no two are the same', async () => {
  const made = await Promise.all(
    [1, 2].map(async () => {
      const io = testIo();
      await run(['gateway', 'key', 'app', '--json'], io);
      return JSON.parse(io.out[0] ?? '') as { name: string; key: string; hash: string };
    }),
  );
  expect(made.map(({ name }) => name)).toEqual(['app', 'app']);
  expect(new Set(made.flatMap(({ key, hash }) => [key, hash])).size).toBe(4);
  for (const { key } of made) expect(key).toMatch(/^pm_app_[\w-]{43}$/);
});
