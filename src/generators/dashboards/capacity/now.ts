import { LocaleFormat, NoUnit, PercentUnit } from '@grafana/grafana-foundation-sdk/units';
import type { Config } from '../../../config/Config.js';
import { CAPACITY_RECORDS } from '../../alerts/capacity/records.js';
import { both, greatest, labelled, least, orElse, orNumber } from '../../promql/functions.js';
import { is, matcherText } from '../../promql/match.js';
import { select } from '../../promql/select.js';
import { increase, ratio, sum, type Vector } from '../../promql/vector.js';
import { GRID_WIDTH, type Row } from '../layout.js';
import { HEIGHT } from '../rows.js';
import { COLOURS } from '../styles/colours.js';
import { wordFor } from '../styles/mappings.js';
import { RATE, SHOWN_TIME } from '../styles/query.js';
import { total } from '../styles/stat.js';
import { fallingSteps } from '../styles/thresholds.js';
import { chosen, chosenFilters } from '../variables.js';
import { daysLeft, used, type Kind } from './demand.js';
import { USED_STEPS } from './load.js';

/** The outcomes that say most, where promptmeter.yaml has them. */
const OUTCOMES = [
  {
    outcome: 'accepted',
    title: 'Accepted',
    description:
      'Share of the outcomes in the time shown that took the answer as it was. Falling: answers got worse or slower; see by waiting time below which.',
  },
  {
    outcome: 'abandoned',
    title: 'Abandoned',
    description:
      'Share of the outcomes in the time shown in which users gave up. Rising: they wait too long; see by waiting time below how long they do.',
  },
] as const;

type Limit = 'provider' | 'model' | 'kind';

/** What a rule has recorded of the models that the reader has chosen. */
const RECORDED_PEAK: Vector<Limit> = {
  text: `${CAPACITY_RECORDS.peak}${matcherText(chosen(['provider', 'model']))}`,
  labels: ['provider', 'model', 'kind'],
};

/** Stands for a load that does not grow: no number of days. */
const NOT_IN_SIGHT = -1;
/** A quarter of a year leaves time to ask for more; two weeks are the alert's. */
const DAYS_LEFT = 90;

/** What users did, and how near the limits are. */
export function now(config: Config): Row {
  const panels = [
    total({
      title: 'Outcomes told',
      description:
        'Outcomes in the time shown, the ones that match no call left out. 0: let applications tell them with POST /outcomes or recordOutcome.',
      unit: LocaleFormat,
      decimals: 0,
      vector: orNumber(told(config), 0),
    }),
    ...OUTCOMES.filter(({ outcome }) => config.outcomes.includes(outcome)).map(({ outcome, title, description }) =>
      total({
        title,
        description,
        unit: PercentUnit,
        decimals: 1,
        vector: ratio(told(config, outcome), told(config)),
        noValue: 'no outcomes',
      }),
    ),
    total({
      title: 'Nearest limit',
      description:
        'Busiest five minutes of the last day as a share of the limit that they came nearest to. High: see which model below, and ask the API for a higher limit.',
      unit: PercentUnit,
      decimals: 2,
      vector: greatest(
        orElse(
          RECORDED_PEAK,
          [],
          ofKinds((kind) => used(kind, RATE)),
        ),
      ),
      steps: USED_STEPS,
      noValue: 'no limit known',
    }),
    total({
      title: 'Days until a limit is met',
      description:
        'Days until the busiest five minutes of a day meet a limit if load goes on growing as in the last week. Few: ask for a higher limit now; the table at the bottom says of which model.',
      unit: NoUnit,
      decimals: 0,
      vector: orNumber(least(ofKinds(daysLeft)), NOT_IN_SIGHT),
      steps: fallingSteps(DAYS_LEFT, config.capacity.daysLeft),
      mappings: [wordFor(NOT_IN_SIGHT, 'not in sight', COLOURS.good)],
      noValue: 'no limit known',
    }),
  ];
  const width = Math.floor(GRID_WIDTH / panels.length);
  const last = GRID_WIDTH - width * (panels.length - 1);
  return {
    height: HEIGHT.tile,
    panels: panels.map((panel, index) => ({ width: index === panels.length - 1 ? last : width, panel })),
  };
}

/** Both kinds of limits, told apart. */
function ofKinds(of: (kind: Kind) => Vector<'provider' | 'model'>): Vector<Limit> {
  return both(labelled(of('requests'), 'kind', 'requests'), labelled(of('tokens'), 'kind', 'tokens'));
}

function told(config: Config, outcome?: string): Vector<never> {
  const matchers = outcome === undefined ? {} : { outcome: is(outcome) };
  return sum(increase(select('outcomes', matchers, chosenFilters(config)), SHOWN_TIME));
}
