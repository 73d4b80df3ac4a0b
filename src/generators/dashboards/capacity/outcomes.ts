import { LocaleFormat, OpsPerSecond, PercentUnit } from '@grafana/grafana-foundation-sdk/units';
import type { Config } from '../../../config/Config.js';
import type { LabelOf } from '../../../metrics/catalogue.js';
import { is } from '../../promql/match.js';
import { select } from '../../promql/select.js';
import { increase, orZero, positive, rate, sum, type Vector } from '../../promql/vector.js';
import type { Row } from '../layout.js';
import { HEIGHT, row } from '../rows.js';
import { bars } from '../styles/bars.js';
import { COLOURS } from '../styles/colours.js';
import { graph } from '../styles/graph.js';
import { RATE, SHOWN_TIME } from '../styles/query.js';
import { table } from '../styles/table.js';
import { chosenFilters } from '../variables.js';

/** Stands in where no application tells what its users did. */
const NONE = 'none told yet';
/** The default outcomes by what they say of an answer; those that promptmeter.yaml adds have colours of their names. */
const OUTCOME_COLOURS = {
  [NONE]: COLOURS.chosen,
  accepted: COLOURS.good,
  thumbs_up: 'light-green',
  edited: COLOURS.neutral,
  retried: COLOURS.warning,
  abandoned: COLOURS.critical,
  thumbs_down: 'light-red',
};
const HOW = 'Applications tell outcomes with POST /outcomes or recordOutcome.';

type Band = 'latency_band' | 'ttft_band';

/** What users did, and how that hangs together with waiting. */
export function outcomeRows(config: Config): readonly Row[] {
  const chosen = chosenFilters(config);
  const perSecond = sum(rate(select('outcomes', {}, chosen), RATE), ['outcome']);
  const unmatched = sum(increase(select('outcomesUnmatched'), SHOWN_TIME), ['reason']);
  return [
    row(
      HEIGHT.graph,
      graph({
        title: 'Outcomes',
        description: `What users did with answers, a second. More that are abandoned or retried: compare with latency and errors at that time. ${HOW}`,
        unit: OpsPerSecond,
        decimals: 3,
        queries: [{ vector: orZero(positive(perSecond), 'outcome', NONE), legend: '{{outcome}}' }],
        stacked: true,
        colours: OUTCOME_COLOURS,
        noValue: 'no outcomes',
      }),
      graph({
        title: 'Share of each outcome',
        description: `Of all outcomes at this moment. A falling share of accepted answers at the same latency: the answers got worse, not slower. ${HOW}`,
        unit: PercentUnit,
        decimals: 1,
        queries: [
          {
            vector: orZero(
              { text: `${perSecond.text} / on () group_left () (sum(${perSecond.text}) > 0)`, labels: ['outcome'] },
              'outcome',
              NONE,
            ),
            legend: '{{outcome}}',
          },
        ],
        stacked: true,
        max: 1,
        colours: OUTCOME_COLOURS,
        noValue: 'no outcomes',
      }),
    ),
    row(
      HEIGHT.bars,
      byBand(config, 'ttft_band', 'First token', 'Outcomes by wait for the first token', 'a slow start'),
      byBand(config, 'latency_band', 'Duration', 'Outcomes by wait for the whole answer', 'a long answer'),
    ),
    {
      height: HEIGHT.bars,
      panels: [
        {
          width: 16,
          panel: bars({
            title: 'Abandoned by wait for the first token',
            description: `Share of the outcomes in the time shown in which users gave up, by how long the first output took. Much more in the longer bands: a faster first token keeps users; stream, and shorten prompts. ${HOW}`,
            unit: PercentUnit,
            decimals: 1,
            queries: [{ vector: share(config, 'abandoned', 'ttft_band'), legend: '{{ttft_band}}' }],
            max: 1,
            noValue: 'no outcomes',
          }),
        },
        {
          width: 8,
          panel: bars({
            title: 'Outcomes that match no call',
            description:
              'Outcomes in the time shown that could not be joined to a call. unknown_call: told more than an hour later, to another replica, or with a wrong id. unknown_outcome: name it under outcomes in promptmeter.yaml.',
            unit: LocaleFormat,
            decimals: 0,
            queries: [{ vector: orZero(unmatched, 'reason', NONE), legend: '{{reason}}' }],
            noValue: 'no outcomes',
          }),
        },
      ],
    },
  ];
}

function byBand(config: Config, band: Band, name: string, title: string, cause: string) {
  return table({
    title,
    description: `Share of each outcome in the time shown, by how long users had waited. Fewer accepted and more abandoned in a longer band: ${cause} costs users. ${HOW}`,
    rows: { [band]: name },
    columns: [
      {
        title: 'Outcomes',
        vector: orZero(positive(counted(config, band)), band, NONE),
        unit: LocaleFormat,
        decimals: 0,
      },
      ...config.outcomes.map((outcome) => ({
        title: outcome.replaceAll('_', ' '),
        vector: share(config, outcome, band),
        unit: PercentUnit,
        decimals: 1,
      })),
    ],
    sortBy: 'Outcomes',
    noValue: 'no outcomes',
  });
}

function share(config: Config, outcome: string, band: Band): Vector<string> {
  const { text } = counted(config, band, outcome);
  return orZero<string>({ text: `${text} / (${counted(config, band).text} > 0)`, labels: [band] }, band, NONE);
}

function counted(config: Config, band: Band, outcome?: string): Vector<string> {
  const matchers = outcome === undefined ? {} : { outcome: is(outcome) };
  return sum<LabelOf<'outcomes'>, Band>(increase(select('outcomes', matchers, chosenFilters(config)), SHOWN_TIME), [
    band,
  ]);
}
