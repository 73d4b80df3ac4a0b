import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { startAnyApi } from '../../helpers/conformance/anyApi.js';
import { ROOT } from '../../helpers/repository.js';

interface Compared {
  readonly code: number;
  readonly result: {
    readonly tests: number;
    readonly passed: number;
    readonly failed: number;
    readonly calls: { readonly started: number; readonly ended: number };
    readonly differing: readonly { readonly name: string }[];
  };
}

/** Runs a suite with bare clients and with monitored ones, as docs/conformance.md says. */
function compare(folder: string, sdk = 'openai', env: Record<string, string> = {}): Promise<Compared> {
  return new Promise((resolve) => {
    const words = [join(ROOT, 'scripts/conformance.mjs'), join(ROOT, folder), '--sdk', sdk, '--json'];
    execFile(process.execPath, words, { env: { ...process.env, ...env } }, (error, stdout, stderr) => {
      if (stdout === '') throw new Error(stderr);
      resolve({ code: Number(error?.code ?? 0), result: JSON.parse(stdout) as Compared['result'] });
    });
  });
}

test.each(['openai', 'openai5', 'openai7'])(
  'what %s promises holds with monitored clients as it does without',
  async (sdk) => {
    const { code, result } = await compare('test/conformance', sdk);

    expect(result.differing).toEqual([]);
    expect(result.failed).toBe(0);
    expect(result.passed).toBeGreaterThanOrEqual(60);
    expect(result.calls.started).toBeGreaterThanOrEqual(60);
    expect(result.calls.ended).toBe(result.calls.started);
    expect(code).toBe(0);
  },
);

test('the suite that portkey-ai publishes has the same results with monitored clients', async () => {
  const api = await startAnyApi();
  const env = { PORTKEY_BASE_URL: `${api.url}/v1`, PORTKEY_API_KEY: 'sk-test' };
  const { code, result } = await compare('node_modules/portkey-ai/tests', 'openai', env);
  await api.close();

  expect(result.differing).toEqual([]);
  expect(result.passed).toBeGreaterThanOrEqual(40);
  expect(result.calls.started).toBeGreaterThanOrEqual(9);
  expect(result.calls.ended).toBe(result.calls.started);
  expect(code).toBe(0);
});

test('a test that has another result with monitored clients is named, and the command fails', async () => {
  const { code, result } = await compare('test/fixtures/conformance');

  expect(result.differing).toEqual([{ name: 'differing.suite.ts: differs', bare: 'passed', monitored: 'failed' }]);
  expect(result.passed).toBe(2);
  expect(code).toBe(1);
});
