/**
 * Bundles benchmarks/ and src/ without their packages and runs them: the compiled code that users run, without a loader
 * that would change its speed. Words behind the script's name go to benchmarks/main.ts.
 */
import { build } from 'esbuild';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const outfile = join(process.cwd(), 'node_modules/.cache/promptmeter/benchmarks.mjs');
await build({
  entryPoints: ['benchmarks/main.ts'],
  outfile,
  bundle: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  target: 'node20',
  sourcemap: 'inline',
  logLevel: 'error',
});
process.argv[1] = outfile;
await import(pathToFileURL(outfile).href);
