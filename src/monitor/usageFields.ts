import type { CallResult } from '../call/call.js';
import type { UsageMissingReason } from '../call/usage.js';
import type { PriceBook } from '../pricing/PriceBook.js';
import type { CallFields, UsageFields } from './events.js';
import { perAnswer } from './perAnswer.js';
import type { Writable } from './Writable.js';

/** For what a call is priced beside its result. */
export interface Asked extends Pick<CallFields, 'provider' | 'model'> {
  /** When it ended, in milliseconds since 1970. */
  readonly at: number;
}

/** What a result tells of usage, and what that costs. `missing` is why usage is unknown, where it is. */
export function usageFields(
  book: PriceBook | undefined,
  asked: Asked,
  { result, missing }: { readonly result: CallResult; readonly missing: UsageMissingReason | null },
): UsageFields {
  const { usage, units } = result;
  const billed = usage !== undefined || units !== undefined;
  const costUsd = billed ? costOf(book, asked, result) : undefined;
  const cacheSavedUsd = cacheSavedOf(book, asked, result, costUsd);
  const fields: Writable<UsageFields> = {
    promptTokens: usage?.promptTokens ?? null,
    completionTokens: usage?.completionTokens ?? null,
    totalTokens: usage?.totalTokens ?? null,
    tokenDetails: usage?.details ?? {},
    usageEstimated: usage?.estimated ?? false,
    usageMissing: usage === undefined ? missing : null,
    costUsd: costUsd ?? null,
    unpriced: billed && costUsd === undefined,
  };
  if (cacheSavedUsd !== undefined) fields.cacheSavedUsd = cacheSavedUsd;
  return fields;
}

/** In US dollars; undefined when there is no price. A book that fails has none, and can't break the call. */
export function costOf(
  book: PriceBook | undefined,
  { provider, model: askedModel, at }: Asked,
  told: CallResult,
  uncached?: boolean,
): number | undefined {
  const { units, serviceTier, responseModel, answers = 1 } = told;
  const usage = told.usage === undefined || answers < 2 ? told.usage : perAnswer(told.usage, answers);
  const model = responseModel ?? askedModel;
  try {
    const cost = book?.cost({ provider, model, usage, units, serviceTier, uncached, at });
    return cost !== undefined && cost >= 0 && cost < Infinity ? cost * Math.max(1, answers) : undefined;
  } catch {
    return undefined;
  }
}

/** What the call would have cost more with nothing of its prompt cached; undefined when nothing was. */
export function cacheSavedOf(
  book: PriceBook | undefined,
  asked: Asked,
  result: CallResult,
  costUsd: number | undefined,
): number | undefined {
  if (costUsd === undefined || (result.usage?.details.cached_prompt ?? 0) === 0) return undefined;
  const uncached = costOf(book, asked, result, true);
  return uncached === undefined || uncached <= costUsd ? undefined : uncached - costUsd;
}
