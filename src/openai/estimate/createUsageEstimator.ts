import { setImmediate } from 'node:timers/promises';
import type { Unmetered } from '../../call/unmetered.js';
import type { UsageEstimator } from '../../monitor/UsageEstimator.js';
import { promptText } from './promptText.js';
import { slices } from './slices.js';

export interface UsageEstimatorOptions {
  /** Characters of a prompt, and of an answer, that are counted; what is beyond is taken to be alike. Default 200,000. */
  readonly maxCharacters?: number;
  /** Calls that may wait to be counted; further ones are not estimated. Default 100. */
  readonly maxWaiting?: number;
}

type CountTokens = (text: string, options: { readonly disallowedSpecial: Set<string> }) => number;

/** Models before GPT-4o have another vocabulary. */
const OLDER = /^(ft:)?(gpt-4(-|$)|gpt-3\.?5|text-embedding)/;
/** Whatever a text says, it is text to us. */
const TEXT_ONLY = { disallowedSpecial: new Set<string>() };
/** Milliseconds after which other work gets its turn. */
const TURN_MS = 5;

/**
 * Estimates usage with gpt-tokenizer, which is loaded with the first call that needs it (about 70 MB of memory). One
 * call is counted after another, in turns of a few milliseconds, so that calls that run are not held up.
 */
export function createUsageEstimator({
  maxCharacters = 200_000,
  maxWaiting = 100,
}: UsageEstimatorOptions = {}): UsageEstimator {
  let waiting = 0;
  let last: Promise<unknown> = Promise.resolve();

  const count = async (model: string, texts: readonly string[]): Promise<number> => {
    const countTokens = await vocabulary(model);
    const whole = texts.reduce((sum, { length }) => sum + length, 0);
    let counted = 0;
    let tokens = 0;
    let turn = performance.now();
    for (const text of texts) {
      for (const slice of slices(text.slice(0, maxCharacters - counted))) {
        tokens += countTokens(slice, TEXT_ONLY);
        counted += slice.length;
        if (performance.now() - turn < TURN_MS) continue;
        await setImmediate();
        turn = performance.now();
      }
    }
    return counted === 0 ? 0 : Math.round((tokens * whole) / counted);
  };

  const estimate = async ({ operation, model, request, answered }: Unmetered) => {
    const prompt = promptText(operation, request);
    if (prompt === undefined) return undefined;
    const promptTokens = (await count(model, prompt.texts)) + prompt.overhead;
    const completionTokens = await count(model, [answered]);
    return {
      promptTokens,
      completionTokens,
      totalTokens: promptTokens + completionTokens,
      details: {},
      estimated: true,
    };
  };

  return {
    estimate: async (call) => {
      if (waiting >= maxWaiting) return undefined;
      waiting += 1;
      const mine = last.then(() => estimate(call)).catch(() => undefined);
      last = mine;
      try {
        return await mine;
      } finally {
        waiting -= 1;
      }
    },
  };
}

async function vocabulary(model: string): Promise<CountTokens> {
  const { countTokens } = OLDER.test(model)
    ? await import('gpt-tokenizer/encoding/cl100k_base')
    : await import('gpt-tokenizer/encoding/o200k_base');
  return countTokens;
}
