import type { Signal } from '../Signal.js';
import { ABORTED_RATIO } from './aborted.js';
import { COST_PER_HOUR } from './cost.js';
import { COST_JUMP } from './costJump.js';
import { COST_PER_CALL } from './costPerCall.js';
import { CUT_STREAM_RATIO } from './cutStreams.js';
import { ERROR_RATIO } from './errors.js';
import { ACCOUNT_ERROR_RATIO, ERROR_TYPE_RATIO } from './errorTypes.js';
import { FIRST_TOKEN } from './firstToken.js';
import { LATENCY } from './latency.js';
import { RATE_LIMIT_HEADROOM } from './rateLimit.js';
import { RETRY_RATIO } from './retries.js';
import { TIME_PER_OUTPUT_TOKEN } from './timePerOutputToken.js';
import { TRUNCATED_RATIO } from './truncated.js';
import { UNCOUNTED_SPEND_RATIO } from './uncountedSpend.js';

/** What promptmeter.yaml has thresholds for: one file each. */
export const SIGNALS: readonly Signal[] = [
  LATENCY,
  FIRST_TOKEN,
  TIME_PER_OUTPUT_TOKEN,
  ERROR_RATIO,
  ERROR_TYPE_RATIO,
  ACCOUNT_ERROR_RATIO,
  ABORTED_RATIO,
  CUT_STREAM_RATIO,
  RETRY_RATIO,
  TRUNCATED_RATIO,
  RATE_LIMIT_HEADROOM,
  COST_PER_HOUR,
  COST_PER_CALL,
  COST_JUMP,
  UNCOUNTED_SPEND_RATIO,
];
