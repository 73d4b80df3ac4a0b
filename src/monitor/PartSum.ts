import type { CallResult } from '../call/call.js';
import type { FinishReason } from '../call/finishReason.js';
import {
  PRICED_DETAILS,
  TOKEN_DETAILS,
  type TokenDetail,
  type TokenUsage,
  type UsageMissingReason,
} from '../call/usage.js';
import type { UsageFields } from './events.js';

/** More than the largest batch has lines (50,000), so that a broken upstream can't grow memory. */
const MAX_FINISH_REASONS = 100_000;

const ALL_DETAILS: readonly TokenDetail[] = [...TOKEN_DETAILS, ...PRICED_DETAILS];

/** What one of several answers of a call told, and what it cost. */
export interface Part {
  readonly result: CallResult;
  /** Undefined when it is billed by nothing that is known, or when there is no price. */
  readonly costUsd: number | undefined;
  readonly cacheSavedUsd?: number | undefined;
  readonly unpriced: boolean;
  readonly missing?: UsageMissingReason | undefined;
  /** True for what another model did for the call: it adds to the cost, and to none of the tokens. */
  readonly aside?: boolean | undefined;
}

/** The sum of what several answers of one call told: the responses of a session, the lines of a batch. */
export class PartSum {
  readonly #details: Partial<Record<TokenDetail, number>> = {};
  readonly #finishReasons: FinishReason[] = [];
  #usage: Omit<TokenUsage, 'details'> | undefined;
  #costUsd: number | null = null;
  #cacheSavedUsd: number | undefined;
  #unpriced = false;
  #missing: UsageMissingReason | null = null;
  #last: Pick<CallResult, 'responseModel' | 'serviceTier'> = {};

  add({ result, costUsd, cacheSavedUsd, unpriced, missing, aside }: Part): void {
    if (costUsd !== undefined) this.#costUsd = (this.#costUsd ?? 0) + costUsd;
    if (cacheSavedUsd !== undefined) this.#cacheSavedUsd = (this.#cacheSavedUsd ?? 0) + cacheSavedUsd;
    this.#unpriced ||= unpriced;
    this.#missing ??= missing ?? null;
    if (aside === true) return;
    if (result.usage !== undefined) this.#addUsage(result.usage);
    for (const reason of result.finishReasons ?? []) {
      if (this.#finishReasons.length < MAX_FINISH_REASONS) this.#finishReasons.push(reason);
    }
    this.#last = {
      responseModel: result.responseModel ?? this.#last.responseModel,
      serviceTier: result.serviceTier ?? this.#last.serviceTier,
    };
  }

  /** What the parts tell of the call beside usage; what the whole of it tells goes before. */
  result(whole: CallResult): CallResult {
    return {
      ...whole,
      responseModel: whole.responseModel ?? this.#last.responseModel,
      serviceTier: whole.serviceTier ?? this.#last.serviceTier,
      finishReasons: [...this.#finishReasons, ...(whole.finishReasons ?? [])],
    };
  }

  usageFields(): UsageFields {
    return {
      promptTokens: this.#usage?.promptTokens ?? null,
      completionTokens: this.#usage?.completionTokens ?? null,
      totalTokens: this.#usage?.totalTokens ?? null,
      tokenDetails: this.#details,
      usageEstimated: false,
      usageMissing: this.#missing,
      costUsd: this.#costUsd,
      ...(this.#cacheSavedUsd === undefined ? {} : { cacheSavedUsd: this.#cacheSavedUsd }),
      unpriced: this.#unpriced,
    };
  }

  #addUsage({ promptTokens, completionTokens, totalTokens, details }: TokenUsage): void {
    const sum = this.#usage ?? { promptTokens: 0, completionTokens: 0, totalTokens: 0 };
    this.#usage = {
      promptTokens: sum.promptTokens + promptTokens,
      completionTokens: sum.completionTokens + completionTokens,
      totalTokens: sum.totalTokens + totalTokens,
    };
    for (const detail of ALL_DETAILS) {
      const count = details[detail];
      if (count !== undefined) this.#details[detail] = (this.#details[detail] ?? 0) + count;
    }
  }
}
