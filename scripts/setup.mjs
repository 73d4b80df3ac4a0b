/**
 * Makes a fresh clone runnable: installs the dependencies and builds, each only when it is out of date. Words after the
 * script's name are then run as a command of Promptmeter, in this same process, so that a signal to it reaches the command.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
process.chdir(root);

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `Promptmeter needs Node.js 20.19 or newer; this is ${process.version}. Install a newer Node.js and run the command again.`,
  );
  process.exit(69);
}

const modified = (path) => (existsSync(path) ? statSync(path).mtimeMs : 0);

function newest(dir) {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((latest, entry) => Math.max(latest, modified(join(entry.parentPath, entry.name))), 0);
}

function run(what, command, args) {
  console.error(`setup: ${what} ...`);
  const { status } = spawnSync(command, args, { stdio: ['ignore', 2, 2] });
  if (status !== 0) {
    console.error(`setup: ${what} failed; the lines above say why.`);
    process.exit(status ?? 1);
  }
}

if (modified('package-lock.json') > modified('node_modules/.package-lock.json')) {
  run('installing dependencies (about half a minute)', 'npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
}
const built = Math.min(modified('dist/cli/main.js'), modified('dist/preview/web/main.js'));
if (Math.max(newest('src'), modified('tsconfig.build.json')) > built) {
  run('building the preview', process.execPath, ['scripts/bundle-preview.mjs']);
  run('building', process.execPath, [
    'node_modules/typescript/bin/tsc',
    '-p',
    'tsconfig.build.json',
    '--noEmitOnError',
  ]);
}

if (process.argv.length > 2) {
  process.argv[1] = join(root, 'dist/cli/main.js');
  await import(pathToFileURL(process.argv[1]).href);
}
