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

export interface PartOptions {
  /** Why the part's usage is unknown, where it should be known. */
  readonly missing?: UsageMissingReason | undefined;
  /** True for what another model did for the call: it adds to the cost, and to none of the tokens. */
  readonly aside?: boolean | undefined;
}

/** What an answer costs, and what its cached tokens would have cost more, as far as that is known. */
export interface PartCost {
  readonly costUsd: number | undefined;
  readonly cacheSavedUsd: number | undefined;
}

/** Knows the price of a part; a part aside has no model but the one that it names. */
export type PartPrice = (result: CallResult, aside: boolean) => PartCost;

const UNBILLED: PartCost = { costUsd: undefined, cacheSavedUsd: undefined };

/**
 * The sum of what several answers of one call told: the responses of a session, the lines of a batch. Each is priced by
 * itself, since prices go by the length of a prompt.
 */
export class PartSum {
  readonly #details: Partial<Record<TokenDetail, number>> = {};
  readonly #finishReasons: FinishReason[] = [];
  #usage: Omit<TokenUsage, 'details'> | undefined;
  #costUsd: number | null = null;
  #cacheSavedUsd: number | undefined;
  #unpriced = false;
  #missing: UsageMissingReason | null = null;
  #last: Pick<CallResult, 'responseModel' | 'serviceTier'> = {};

  constructor(private readonly priceOf: PartPrice) {}

  add(result: CallResult, { missing, aside = false }: PartOptions = {}): void {
    const billed = result.usage !== undefined || result.units !== undefined;
    const { costUsd, cacheSavedUsd } = billed ? this.priceOf(result, aside) : UNBILLED;
    if (costUsd !== undefined) this.#costUsd = (this.#costUsd ?? 0) + costUsd;
    if (cacheSavedUsd !== undefined) this.#cacheSavedUsd = (this.#cacheSavedUsd ?? 0) + cacheSavedUsd;
    this.#unpriced ||= billed && costUsd === undefined;
    this.#missing ??= missing ?? null;
    if (aside) return;
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
