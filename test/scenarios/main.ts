/**
 * `npm run scenarios`: thirty days and twenty incidents, of which it prints what the shipped alerts made, and writes that
 * into docs/alerts.md. Takes about a quarter of an hour of one processor.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { replaceSection } from '../../src/cli/generate/replaceSection.js';
import { temporaryFolder } from '../helpers/temporaryFolder.js';
import { detect } from './detect.js';
import { INCIDENTS } from './incidents.js';
import { reportOf } from './report.js';
import { scoreOf } from './score.js';
import { shippedConfig } from './shippedConfig.js';

const DAYS = 30;
const PAGE = 'docs/alerts.md';

const folder = temporaryFolder();
try {
  const report = reportOf(DAYS, scoreOf(await detect(shippedConfig(), DAYS, INCIDENTS, folder)));
  process.stdout.write(report);
  const page = replaceSection(readFileSync(PAGE, 'utf8'), 'scenarios', report);
  if (page === undefined) throw new Error(`${PAGE} has lost the marks of its section scenarios; put them back`);
  writeFileSync(PAGE, page);
} finally {
  folder.remove();
}
