import { committed, committedIn } from '../helpers/repository.js';

const FOLDER = 'test/integration/security';
const tests = committedIn(FOLDER, '.test.ts').map((path) => ({
  name: path.slice(FOLDER.length + 1),
  text: committed(path),
}));
const page = committed('docs/security.md');
const rows = [...page.matchAll(/^\| (CVE-\d+-\d+) \| .* \| ([\w., ]+) \|$/gm)].map(([, cve = '', files = '']) => ({
  cve,
  files: files.split(', '),
}));

test('docs/security.md names each published fault that a test tries, and no other', () => {
  const tried = new Set(tests.flatMap(({ text }) => text.match(/CVE-\d+-\d+/g) ?? []));
  expect(rows.map(({ cve }) => cve).sort()).toEqual([...tried].sort());
});

test.each(rows)('$cve is tried by the tests that docs/security.md names', ({ cve, files }) => {
  const naming = tests.filter(({ text }) => text.includes(cve)).map(({ name }) => name);
  expect(files).toEqual(naming);
});

test('docs/security.md tells of each file of tests', () => {
  const untold = tests.map(({ name }) => name.replace('.test.ts', '')).filter((name) => !page.includes(name));
  expect(untold).toEqual([]);
});
