import { findModel, SIMULATED_MODELS } from '../models.js';
import { Random } from '../Random.js';
import { promptOf } from '../text.js';
import { MIX, rowAt, type TrafficRow } from './mix.js';

/** One call that the traffic is going to make. */
export interface CallPlan {
  readonly row: TrafficRow;
  readonly system: string | undefined;
  readonly prompt: string;
  readonly maxTokens: number | undefined;
  /** Break off after so many events, as a user does who goes away. */
  readonly leaveAfter: number | undefined;
  /** Value of the header `x-simulate`. */
  readonly fault: string | undefined;
}

/** One call in so many fails: 0.5 %, a tenth of the default warning. */
const CALLS_PER_ERROR = 200;
/** One call in so many is broken off by its caller. */
const CALLS_PER_LEAVING = 50;
const SHORT_ANSWERS = 0.05;
const SHORT_ANSWER_TOKENS = 40;

/** What goes wrong in the background. Refusals strike the first attempt only, so that the SDK's second one hides them. */
const BACKGROUND: readonly [string, ...string[]] = [
  '429=1, first-attempt',
  'cut',
  '500, first-attempt',
  'content_filter',
  '503=1, first-attempt',
  'error_event',
];

/**
 * The call with this number, counted from 0, of the traffic with this seed. Errors go round the rows in turn instead of
 * by chance, so that no small model ever gets two of them within a few minutes, which would be an alarm.
 */
export function planCall(seed: number, number: number): CallPlan {
  const random = new Random(seed, 'call', number);
  const turn = Math.floor(number / CALLS_PER_ERROR);
  const failing = number % CALLS_PER_ERROR === CALLS_PER_ERROR / 10;
  const drawn = rowAt(random.float());
  const row = failing ? (MIX[turn % MIX.length] ?? drawn) : drawn;
  const leaves = number % CALLS_PER_LEAVING === CALLS_PER_LEAVING / 5 && !failing;
  return {
    row,
    system: row.systemTokens === undefined ? undefined : promptOf(new Random(seed, row.feature), row.systemTokens),
    prompt: promptOf(random, promptTokens(row, random)),
    maxTokens: row.api !== 'embeddings' && random.chance(SHORT_ANSWERS) ? SHORT_ANSWER_TOKENS : undefined,
    leaveAfter: leaves && row.stream ? random.int(4, 20) : undefined,
    fault: failing ? BACKGROUND[turn % BACKGROUND.length] : undefined,
  };
}

function promptTokens({ model }: TrafficRow, random: Random): number {
  const { median, sigma } = findModel(SIMULATED_MODELS, model)?.promptTokens ?? { median: 200, sigma: 0.4 };
  return Math.round(random.logNormal(median, sigma));
}
