import { temporaryFolder, type TemporaryFolder } from '../helpers/temporaryFolder.js';
import { detect } from './detect.js';
import { ONE_DAY } from './incidents.js';
import { reportOf } from './report.js';
import { minutesTo, scoreOf } from './score.js';
import { shippedConfig } from './shippedConfig.js';

let folder: TemporaryFolder;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

test('on a day with three incidents the shipped alerts tell of each within five minutes, and page for nothing else', async () => {
  const score = scoreOf(await detect(shippedConfig(), 1, ONE_DAY, folder));
  expect(score.outcomes.map(({ incident, first }) => [incident.what, first?.alert])).toEqual([
    ['60 % overloaded, one model', 'AIErrorRatioHigh'],
    ['twenty times slower', 'AIFirstTokenP95High'],
    ['the exporter cannot be scraped', 'PromptmeterTargetDown'],
  ]);
  for (const { incident, first, page } of score.outcomes) {
    expect([first, page].map((fired) => fired && minutesTo(incident, fired) <= 5)).toEqual([true, true]);
  }
  // A release fails a few calls, which for a model of nine calls a minute is a ticket.
  expect(score.wrong.map(({ alert, severity }) => [alert, severity])).toEqual([['AIErrorRatioHigh', 'warning']]);
  expect(reportOf(1, score)).toMatch(/\| Pages \| (\d+) of \1 \(100 %\) \| 3 of 3 \(100 %\) \|/);
}, 300_000);
