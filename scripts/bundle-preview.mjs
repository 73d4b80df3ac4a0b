/** Bundles what the preview runs in the browser from src/preview/web into dist/preview/web. */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

await build({
  absWorkingDir: root,
  entryPoints: ['src/preview/web/main.ts', 'src/preview/web/main.css'],
  outdir: 'dist/preview/web',
  bundle: true,
  minify: true,
  format: 'esm',
  target: ['es2022', 'chrome120', 'firefox120', 'safari17'],
  // Licences of what is bundled go along with it.
  legalComments: 'linked',
  logLevel: 'warning',
}).catch(() => process.exit(1));
