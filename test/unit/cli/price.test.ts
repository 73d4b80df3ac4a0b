import { run } from '../../../src/cli/run.js';
import { temporaryFolder, type TemporaryFolder } from '../../helpers/temporaryFolder.js';
import { testIo } from '../../helpers/testIo.js';

let folder: TemporaryFolder;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => {
  folder.remove();
});

test('price shows how a cost comes about, line by line', async () => {
  const io = testIo({ cwd: folder.path });
  const args = ['price', 'gpt-4o-2024-08-06', '--prompt', '2000', '--cached', '1000', '--completion', '500'];
  expect(await run(args, io)).toBe(0);
  expect(io.out).toEqual([
    'openai/gpt-4o, standard tier, by the public price data',
    '  prompt         1000 tokens  at $2.5 a million   $0.0025',
    '  cached prompt  1000 tokens  at $1.25 a million  $0.00125',
    '  completion     500 tokens   at $10 a million    $0.005',
    '  cost                                            $0.00875',
  ]);
});

test('price prints JSON for programs', async () => {
  const io = testIo({ cwd: folder.path });
  expect(await run(['price', 'gpt-5', '--completion', '100', '--tier', 'flex', '--json'], io)).toBe(0);
  expect(io.out.map((line): unknown => JSON.parse(line))).toEqual([
    {
      model: 'gpt-5',
      provider: 'openai',
      source: 'public',
      pricedAs: 'openai/gpt-5',
      tier: 'flex',
      lines: [{ what: 'completion', quantity: 100, unit: 'tokens', price: 5, per: 1_000_000, usd: 0.0005 }],
      usd: 0.0005,
    },
  ]);
});

test('price knows the prices of promptmeter.yaml', async () => {
  folder.write('promptmeter.yaml', 'prices: { demo/mine: { input: 3, output: 5 } }');
  const io = testIo({ cwd: folder.path });
  expect(await run(['price', 'mine', '--provider', 'demo', '--prompt', '1000000'], io)).toBe(0);
  expect(io.out[0]).toBe('mine, standard tier, by promptmeter.yaml');
  expect(io.out.at(-1)).toMatch(/cost +\$3$/);
});

test.each([
  ['gpt-image-1.5 --prompt 373 --image-prompt 323 --completion 1056 --image-completion 1056', [
    'openai/gpt-image-1.5, standard tier, by the public price data',
    '  prompt            50 tokens    at $5 a million   $0.00025',
    '  image prompt      323 tokens   at $8 a million   $0.002584',
    '  image completion  1056 tokens  at $32 a million  $0.033792',
    '  cost                                             $0.036626',
  ]],
  ['whisper-1 --audio-seconds 90', [
    'openai/whisper-1, standard tier, by the public price data',
    '  audio  1.5 minutes  at $0.006 a minute  $0.009',
    '  cost                                    $0.009',
  ]],
  ['dall-e-3 --images 2 --size 1792x1024 --quality hd', [
    "openai/dall-e-3, standard tier, by OpenAI's price list",
    '  image hd 1792x1024  2 images  at $0.12 an image  $0.24',
    '  cost                                             $0.24',
  ]],
  ['tts-1-hd --characters 500', [
    "openai/tts-1-hd, standard tier, by OpenAI's price list",
    '  speech  500 characters  at $30 a million  $0.015',
    '  cost                                      $0.015',
  ]],
  ['o3 --prompt 1000000 --date 2025-06-01', [
    'openai/o3, standard tier, by the public price data',
    '  prompt  1000000 tokens  at $10 a million  $10',
    '  cost                                      $10',
  ]],
])('price %s shows the working in the units that are billed', async (words, lines) => {
  const io = testIo({ cwd: folder.path });
  expect(await run(['price', ...words.split(' ')], io)).toBe(0);
  expect(io.out).toEqual(lines);
}); // prettier-ignore

test.each(['2026-02-30', '2026-1-1', 'today', '2026-11-01T00:00:00Z'])('price takes no %s for a day', async (text) => {
  const io = testIo({ cwd: folder.path });
  expect(await run(['price', 'o3', '--date', text], io)).toBe(64);
  expect(io.err.join()).toContain('A day such as 2026-11-01 is allowed');
});

test.each([
  [['price', 'no-such-model'], 'no price is known for no-such-model'],
  [['price', 'gpt-5', '--tier', 'scale'], 'no price is known for gpt-5 in the service tier scale'],
])('price says so when there is none and ends with 1: %j', async (args, sentence) => {
  const io = testIo({ cwd: folder.path });
  expect(await run(args, io)).toBe(1);
  expect(io.err).toEqual([`promptmeter: ${sentence}; name one under prices in promptmeter.yaml`]);
});
