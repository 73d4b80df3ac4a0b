import type { ErrorType } from './errorType.js';
import type { FinishReason } from './finishReason.js';
import type { Operation } from './operation.js';
import type { BilledUnits } from './units.js';
import type { Unmetered } from './unmetered.js';
import type { TokenUsage } from './usage.js';

/** Whom a call is counted for: label name to value, by the allow-list of promptmeter.yaml. */
export type Attribution = Readonly<Record<string, string>>;

export const UNKNOWN_MODEL = 'unknown';
export const DEFAULT_PROVIDER = 'openai';

/** What is known of a call when it begins. All of it is optional. */
export interface CallContext {
  /** The model that was asked for. */
  readonly model?: string | undefined;
  readonly operation?: Operation | undefined;
  /** Name of the upstream; `openai` unless told otherwise. */
  readonly provider?: string | undefined;
  /** Made when somebody asks for it, when absent. */
  readonly correlationId?: string | undefined;
  /** The trace that the call is part of: 32 hexadecimal digits in lower case. Anything else is left out. */
  readonly traceId?: string | undefined;
  readonly messageCount?: number | undefined;
  readonly attribution?: Attribution | undefined;
  /** What the request asks for beside tokens. It is billed if the call succeeds; what the answer tells goes before it. */
  readonly units?: BilledUnits | undefined;
}

/** What the answer told, as far as it came. An absent field is unknown. */
export interface CallResult {
  readonly usage?: TokenUsage | undefined;
  /** How many answers the usage is the sum of, 1 by default: prices go by the length of each one's prompt. */
  readonly answers?: number | undefined;
  /** What the call is billed by beside tokens. */
  readonly units?: BilledUnits | undefined;
  /** What usage can be estimated from where it isn't known. Given only when someone estimates. */
  readonly unmetered?: Unmetered | undefined;
  /** The model that answered, often a dated snapshot of the one that was asked for. */
  readonly responseModel?: string | undefined;
  readonly finishReasons?: readonly FinishReason[] | undefined;
  /** The service tier that the answer names; it sets the price. */
  readonly serviceTier?: string | undefined;
}

/** Why a call failed, with nothing in it of what was asked or answered. */
export interface CallFailure {
  readonly errorType: ErrorType;
  readonly httpStatus?: number | undefined;
  /** Class of the error that the caller sees, such as `RateLimitError`. */
  readonly errorName?: string | undefined;
}
