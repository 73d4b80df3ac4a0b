import { METRICS } from '../../../metrics/catalogue.js';
import type { Dashboard } from '../dashboard.js';
import { SELF_UID } from '../uids.js';
import { labelVariable } from '../variables.js';
import { losses } from './losses.js';
import { machine } from './machine.js';
import { now } from './now.js';
import { overhead } from './overhead.js';
import { scraping } from './scraping.js';

/** Can its numbers be trusted, and what does it cost the calls? */
export function self(): Dashboard {
  const { name } = METRICS.buildInfo;
  return {
    name: 'promptmeter',
    uid: SELF_UID,
    title: 'AI calls / Promptmeter itself',
    description:
      'Can the numbers be trusted, and what does measuring cost the calls? Overhead, memory and event loop, what got lost or lumped together, scrapes and versions.',
    variables: [labelVariable(name, 'job'), labelVariable(name, 'instance', ['job'])],
    rows: [now(), ...overhead(), machine(), losses(), ...scraping()],
  };
}
