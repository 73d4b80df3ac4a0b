/**
 * Fails when the lockfile of this folder has a package that is shipped and has a licence that asks for more than to be
 * named, a package without a hash, or one that is fetched from a host of its own. Shipped are the production
 * dependencies, and what the preview's pages are bundled from.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ALLOWED = new Set(['MIT', 'MIT-0', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', '0BSD', 'BlueOak-1.0.0', 'CC0-1.0', 'Unlicense', 'Python-2.0', 'PSF-2.0']); // prettier-ignore

const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
const bundled = bundledPackages('src/preview/web');
const problems = [];

for (const [path, { license, dev, link, integrity, resolved }] of Object.entries(packages)) {
  if (path === '' || link) continue;
  const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
  if (integrity === undefined) problems.push(`${path} has no integrity; run npm install again`);
  if (resolved !== undefined) problems.push(`${path} names a host; install with omit-lockfile-registry-resolved`);
  if (dev && !bundled.has(name)) continue;
  if (!isAllowed(license)) problems.push(`${path} has the licence ${license ?? 'of nobody'}; use another package`);
}

for (const problem of problems) console.error(`licences: ${problem}`);
if (problems.length > 0) process.exit(1);

/** `(MIT OR GPL-3.0)` may be taken as MIT; of an AND all must be allowed. */
function isAllowed(license = '') {
  const alternatives = license.replace(/[()]/g, '').split(' OR ');
  return alternatives.some((each) => each.split(' AND ').every((one) => ALLOWED.has(one)));
}

/** Names of the packages that the files of a folder import. */
function bundledPackages(folder) {
  let files = [];
  try {
    files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  } catch {
    // A folder without pages bundles nothing.
  }
  const texts = files.map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
  const imports = texts.flatMap((text) => [...text.matchAll(/from '((?:@[^/']+\/)?[^./'][^/']*)/g)]);
  return new Set(imports.map(([, name]) => name));
}
