import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { committed, ROOT } from '../../helpers/repository.js';
import { temporaryFolder, type TemporaryFolder } from '../../helpers/temporaryFolder.js';

const run = promisify(execFile);
const manifest = z
  .object({ dependencies: z.record(z.string(), z.string()) })
  .parse(JSON.parse(committed('package.json')));

/** A folder of another project that has installed the package as `npm pack` makes it. */
let consumer: TemporaryFolder;

beforeAll(async () => {
  consumer = temporaryFolder();
  const modules = join(consumer.path, 'node_modules');
  mkdirSync(join(modules, 'promptmeter'), { recursive: true });
  const { stdout } = await run('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', consumer.path], {
    cwd: ROOT,
    maxBuffer: 16 * 2 ** 20,
  });
  const [packed] = z.array(z.object({ filename: z.string() })).parse(JSON.parse(stdout));
  const unpack = ['-xzf', packed?.filename ?? '', '-C', join(modules, 'promptmeter'), '--strip-components=1'];
  await run('tar', unpack, { cwd: consumer.path });
  for (const name of [...Object.keys(manifest.dependencies), 'openai', '@types/node']) {
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules', name), join(modules, name));
  }
  consumer.write('package.json', '{ "type": "module" }');
});
afterAll(() => {
  consumer.remove();
});

/** The code blocks of README.md that use the library, as one program: the second builds on the first. */
const readme = [...committed('README.md').matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code]) => code ?? '').join('\n');

test("the packed package measures the calls of another project's program, as README.md shows it", async () => {
  consumer.write(
    'program.js',
    `
    import { createServer } from 'node:http';
    import OpenAI from 'openai';
    import { AIPerformanceMonitor, createPriceBook, monitorOpenAI, PrometheusMetricsReporter } from 'promptmeter';

    const usage = { prompt_tokens: 1000, completion_tokens: 0, total_tokens: 1000 };
    const answer = { id: 'x', object: 'chat.completion', model: 'gpt-4o-mini-2024-07-18', choices: [], usage };
    const server = createServer((request, response) => {
      response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
    }).listen(0, '127.0.0.1', async () => {
      const metricsReporter = new PrometheusMetricsReporter();
      const monitor = new AIPerformanceMonitor({ metricsReporter, priceBook: createPriceBook() });
      const baseURL = \`http://127.0.0.1:\${server.address().port}/v1\`;
      const openai = monitorOpenAI(new OpenAI({ apiKey: 'sk-x', baseURL }), { monitor });
      await openai.chat.completions.create({ model: 'gpt-4o-mini', messages: [{ role: 'user', content: 'Hello' }] });
      console.log(await metricsReporter.getMetrics());
      server.close();
      server.closeAllConnections();
    });`,
  );
  const { stdout } = await run(process.execPath, ['program.js'], { cwd: consumer.path });
  expect(stdout).toMatch(/ai_requests_total\{.*model="gpt-4o-mini",status="success".*\} 1/);
  expect(stdout).toMatch(/ai_cost_usd_total\{.*model="gpt-4o-mini".*\} 0\.00015\b/);
});

test('the examples of README.md compile against the types of the packed package', async () => {
  consumer.write('readme.ts', readme);
  const compilerOptions = {
    ...{ strict: true, noEmit: true, target: 'es2023', module: 'nodenext', types: ['node'] },
    // The application's own: @types/express comes with its express.
    ...{ skipLibCheck: true, noImplicitAny: false },
  };
  consumer.write('tsconfig.json', JSON.stringify({ compilerOptions, files: ['readme.ts'] }));
  expect(readme).toContain("from 'promptmeter'");
  const { stdout } = await run(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', '.'], {
    cwd: consumer.path,
  }).catch((error: unknown) => z.object({ stdout: z.string() }).parse(error));
  expect(stdout).toBe('');
});

test('the packed command runs, and brings the dashboards, alerts and settings along', async () => {
  const root = join(consumer.path, 'node_modules/promptmeter');
  const { bin } = z.object({ bin: z.object({ promptmeter: z.string() }) }).parse(read(join(root, 'package.json')));
  const { stdout } = await run(process.execPath, [join(root, bin.promptmeter), 'price', 'gpt-4o', '--json'], {
    cwd: consumer.path,
  });
  expect(JSON.parse(stdout)).toMatchObject({ pricedAs: 'openai/gpt-4o', usd: 0 });
  const files = ['dashboards/overview.json', 'alerts/errors.yml', 'promptmeter.yaml', 'LICENSE', 'README.md'];
  expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([]);
});

function read(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'));
}
