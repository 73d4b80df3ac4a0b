import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { replaceSection } from '../../src/cli/generate/replaceSection.js';
import type { Phase } from './Phase.js';
import { PHASES } from './phases.js';
import { phaseText, reportText } from './report.js';

const REPORT = 'docs/reliability.md';
const HELP = `npm run test:chaos [-- OPTIONS]

  --minutes N   how long the mixed traffic lasts (10); the rest takes about two minutes more
  --seed N      which calls are drawn (1)
  --clients N   calls at once (32)
  --dry         print the report and leave ${REPORT} alone
`;

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    seed: { type: 'string', default: '1' },
    clients: { type: 'string', default: '32' },
    dry: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) process.stdout.write(HELP);
else await run();

async function run(): Promise<void> {
  const settings = { seconds: above0('minutes') * 60, seed: above0('seed'), clients: above0('clients') };
  const phases: Phase[] = [];
  for (const [name, phase] of Object.entries(PHASES)) {
    process.stderr.write(`chaos: ${name} ...\n`);
    const done = await phase(settings);
    process.stdout.write(`${phaseText(done)}\n\n`);
    phases.push(done);
  }
  const problems = phases.flatMap(({ problems: found }) => found);
  for (const problem of problems) process.stderr.write(`chaos: did not hold: ${problem}\n`);
  if (!values.dry) writeReport(reportText(['npm run test:chaos', ...given()].join(' '), phases));
  process.exit(problems.length === 0 ? 0 : 1);
}

function above0(name: 'minutes' | 'seed' | 'clients'): number {
  const number = Number(values[name]);
  if (number > 0) return number;
  process.stderr.write(`chaos: --${name} must be a number above 0\n`);
  process.exit(64);
}

function given(): readonly string[] {
  const args = process.argv.slice(2);
  return args.length === 0 ? [] : ['--', ...args];
}

function writeReport(text: string): void {
  const page = replaceSection(readFileSync(REPORT, 'utf8'), 'chaos', text);
  if (page === undefined) throw new Error(`${REPORT} has lost the marks of its generated section "chaos"`);
  writeFileSync(REPORT, page);
  process.stderr.write(`chaos: wrote ${REPORT}\n`);
}
