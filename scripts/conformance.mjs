/**
 * Runs a suite that was written for a bare `openai` client twice, unchanged: with the SDK, and with the SDK whose clients
 * are measured by `monitorOpenAI`. Compares test by test; exits with 1 where one differs. docs/conformance.md
 */
import { Buffer } from 'node:buffer';
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const USAGE = 'usage: npm run conformance -- FOLDER [--sdk openai|openai5|openai7] [--json]';
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { sdk: { type: 'string', default: 'openai' }, json: { type: 'boolean', default: false } },
});
const [folder, ...others] = positionals;
if (folder === undefined || others.length > 0 || !/^openai[57]?$/.test(values.sdk)) {
  console.error(USAGE);
  process.exit(64);
}
const suite = resolve(folder);

/** The suite's own configuration is left aside: where it maps `openai` to its sources, that is what is to be replaced. */
const configuration = {
  rootDir: suite,
  testEnvironment: 'node',
  testMatch: ['**/*.{test,spec,suite}.[jt]s'],
  testPathIgnorePatterns: ['\\.d\\.ts$'],
  haste: { retainAllFiles: true },
  modulePaths: [join(root, 'node_modules')],
  moduleNameMapper: {
    '^openai$': join(root, 'test/helpers/conformance/standIn.cjs'),
    '^openai/(.*)$': join(root, 'node_modules', values.sdk, '$1'),
    '^promptmeter-bare-openai$': join(root, 'node_modules', values.sdk),
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  transform: {
    '\\.tsx?$': [
      join(root, 'node_modules/@swc/jest'),
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' }, swcrc: false },
    ],
  },
  transformIgnorePatterns: ['\\.[cm]?js$'],
  testTimeout: 120_000,
};

const work = await mkdtemp(join(tmpdir(), 'promptmeter-conformance-'));
try {
  const [bare, monitored] = await Promise.all(['bare', 'monitored'].map(run));
  const differing = [...new Set([...bare.tests.keys(), ...monitored.tests.keys()])].filter(
    (name) => bare.tests.get(name) !== monitored.tests.get(name),
  );
  const count = (of) => [...bare.tests.values()].filter((status) => status === of).length;
  const result = {
    sdk: values.sdk,
    tests: bare.tests.size,
    passed: count('passed'),
    failed: count('failed'),
    calls: monitored.calls,
    differing: differing.map((name) => ({ name, bare: bare.tests.get(name), monitored: monitored.tests.get(name) })),
  };
  console.log(values.json ? JSON.stringify(result) : describe(result));
  process.exitCode = differing.length > 0 || bare.tests.size === 0 ? 1 : 0;
} finally {
  await rm(work, { recursive: true });
}

async function run(mode) {
  const report = join(work, `${mode}.json`);
  const tally = join(work, `${mode}.tally`);
  const cwd = await mkdtemp(join(work, `${mode}-`));
  await writeFile(tally, '');
  await writeFile(join(cwd, 'jest.config.json'), JSON.stringify(configuration));
  const jest = join(root, 'node_modules/jest/bin/jest.js');
  const words = ['--json', '--outputFile', report, '--runInBand', '--silent'];
  const env = { ...process.env, PROMPTMETER_CONFORMANCE: mode, PROMPTMETER_CONFORMANCE_TALLY: tally };
  const said = [];
  await new Promise((done, failed) => {
    const child = spawn(process.execPath, [jest, ...words], { cwd, env, stdio: ['ignore', 'ignore', 'pipe'] });
    child.stderr.on('data', (data) => said.push(data));
    child.once('error', failed).once('close', done);
  });
  const { testResults } = JSON.parse(
    await readFile(report, 'utf8').catch(() => {
      throw new Error(`jest could not run the ${mode} suite:\n${Buffer.concat(said)}`);
    }),
  );
  const tests = new Map();
  for (const { name, assertionResults, message } of testResults) {
    const file = relative(suite, name);
    for (const { fullName, status } of assertionResults) tests.set(uniqueIn(tests, `${file}: ${fullName}`), status);
    if (assertionResults.length === 0) tests.set(file, `could not run: ${message}`);
  }
  const letters = await readFile(tally, 'utf8');
  return { tests, calls: { started: letters.split('s').length - 1, ended: letters.split('e').length - 1 } };
}

/** Suites may have tests of the same name, which are told apart by their order. */
function uniqueIn(tests, name) {
  let unique = name;
  for (let number = 2; tests.has(unique); number += 1) unique = `${name} (${number})`;
  return unique;
}

function describe({ sdk, tests, passed, failed, calls, differing }) {
  const lines = differing.map((each) => `differs: ${each.name}: bare ${each.bare}, monitored ${each.monitored}`);
  const same = `${tests - differing.length} of ${tests} tests have the same result with ${sdk} bare and monitored`;
  const kinds = `bare: ${passed} passed, ${failed} failed; ${calls.started} calls were measured, ${calls.ended} ended`;
  return [...lines, `${same} (${kinds})`].join('\n');
}
