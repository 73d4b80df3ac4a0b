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
      lines: [{ what: 'completion', tokens: 100, usdPerMillion: 5, usd: 0.0005 }],
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
  [['price', 'no-such-model'], 'no price is known for no-such-model'],
  [['price', 'gpt-5', '--tier', 'scale'], 'no price is known for gpt-5 in the service tier scale'],
])('price says so when there is none and ends with 1: %j', async (args, sentence) => {
  const io = testIo({ cwd: folder.path });
  expect(await run(args, io)).toBe(1);
  expect(io.err).toEqual([`promptmeter: ${sentence}; name one under prices in promptmeter.yaml`]);
});
