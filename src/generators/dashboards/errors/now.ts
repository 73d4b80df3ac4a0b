import { LocaleFormat, PercentUnit } from '@grafana/grafana-foundation-sdk/units';
import type { Config } from '../../../config/Config.js';
import { increase, ratio, sum } from '../../promql/vector.js';
import { orNumber, least } from '../../promql/functions.js';
import { is, oneOf } from '../../promql/match.js';
import { select } from '../../promql/select.js';
import { FAILED } from '../../promql/statuses.js';
import type { Row } from '../layout.js';
import type { Queries } from '../queries.js';
import { HEIGHT, row } from '../rows.js';
import { SHOWN_TIME } from '../styles/query.js';
import { shownThreshold, risingSteps } from '../styles/thresholds.js';
import { stat, total } from '../styles/stat.js';
import { chosenFilters } from '../variables.js';
import { HEADROOM_STEPS, headroom } from './limits.js';

/** An answer in twenty that ends too early is worth a look. */
const CUT_SHARE = 0.05;

/** The numbers of this moment, and of the time that is shown. */
export function now(config: Config, q: Queries): Row {
  const chosen = chosenFilters(config);
  const finished = (finish_reason?: string) =>
    sum(
      increase(
        select('finish', finish_reason === undefined ? {} : { finish_reason: is(finish_reason) }, chosen),
        SHOWN_TIME,
      ),
    );
  const calls = (status?: readonly string[]) =>
    sum(increase(select('requests', status === undefined ? {} : { status: oneOf(status) }, chosen), SHOWN_TIME));
  return row(
    HEIGHT.tile,
    stat({
      title: 'Error ratio',
      description:
        'Share of failed calls at this moment, without those that the caller aborted. High: look below for the type.',
      unit: PercentUnit,
      decimals: 2,
      vector: q.errorRatio(),
      steps: shownThreshold(config, 'errorRatio').steps,
    }),
    total({
      title: 'Failed calls',
      description:
        'Calls that failed in the time that is shown. Many at a low ratio: a small share of a lot; see whose they are below.',
      unit: LocaleFormat,
      decimals: 0,
      vector: orNumber(sum(increase(select('requests', { status: FAILED }, chosen), SHOWN_TIME)), 0),
    }),
    total({
      title: 'Retries',
      description:
        'Attempts made again in the time that is shown. Callers do not see these failures, they only wait: look at "Time lost to retries".',
      unit: LocaleFormat,
      decimals: 0,
      vector: orNumber(sum(increase(select('retries', {}, chosen), SHOWN_TIME)), 0),
    }),
    total({
      title: 'Aborted calls',
      description:
        'Share of the calls in the time that is shown that the caller gave up. High: answers come too late or too long; compare with the dashboard "Latency and streaming".',
      unit: PercentUnit,
      decimals: 2,
      vector: ratio(calls(['aborted', 'aborted_stream']), calls()),
    }),
    total({
      title: 'Answers cut short',
      description:
        'Share of the answers in the time that is shown that reached the limit of tokens. High: raise max_tokens or ask for shorter answers.',
      unit: PercentUnit,
      decimals: 2,
      vector: ratio(finished('length'), finished()),
      steps: risingSteps(CUT_SHARE),
    }),
    stat({
      title: 'Least headroom',
      description:
        'What remains of the rate limit that is nearest to its end. Low: spread the load, use a smaller model, or ask for a higher limit.',
      unit: PercentUnit,
      decimals: 1,
      vector: least(headroom(config)),
      steps: HEADROOM_STEPS,
      noValue: 'no limit known',
    }),
  );
}
