/**
 * Writes docs/images anew: a picture of every board, drawn by the preview from a running stack. Words behind the script's
 * name go to `promptmeter preview`, such as --prometheus-url. Needs pngquant, which makes the files a quarter as large.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MOST_BYTES = 200_000;
const COLOURS = '64';
// Of an hour in steps of a minute: smooth lines, as over the longer times that one looks at.
const SHOWN = ['--from', '1h', '--scrape-interval', '1m'];

process.chdir(join(dirname(fileURLToPath(import.meta.url)), '..'));
if (spawnSync('pngquant', ['--version']).error !== undefined) {
  console.error('The pictures need pngquant; install it (on Debian: `apt-get install pngquant`) and try again.');
  process.exit(69);
}
const folder = mkdtempSync(join(tmpdir(), 'promptmeter-pictures-'));
try {
  const args = ['dist/cli/main.js', 'preview', '--png', folder, ...SHOWN, ...process.argv.slice(2)];
  const { status } = spawnSync(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) process.exit(status ?? 1);
  mkdirSync('docs/images', { recursive: true });
  for (const file of readdirSync('dashboards').sort()) {
    const { uid } = JSON.parse(readFileSync(join('dashboards', file), 'utf8'));
    const picture = join('docs/images', file.replace(/\.json$/, '.png'));
    const small = ['--strip', '--speed', '1', '--force', '--output', picture, COLOURS, join(folder, `${uid}.png`)];
    if (spawnSync('pngquant', small, { stdio: 'inherit' }).status !== 0) process.exit(1);
    const bytes = statSync(picture).size;
    console.log(`${picture} ${Math.round(bytes / 1000)} KB${bytes > MOST_BYTES ? ', more than 200' : ''}`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
