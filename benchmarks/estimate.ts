import { createUsageEstimator } from '../src/openai/estimate/createUsageEstimator.js';
import { METERED } from '../test/unit/openai/estimate/meteredCalls.js';
import type { Section } from './Section.js';

/** How far the estimate of usage is from what the API told of the same calls. */
export async function estimate(): Promise<Section> {
  const estimator = createUsageEstimator();
  const rows: string[][] = [];
  for (const call of METERED) {
    const usage = await estimator.estimate(call);
    const { prompt, completion } = call.told;
    rows.push([
      `${call.operation}, ${call.model}`,
      compared(prompt, usage?.promptTokens),
      completion === null ? '' : compared(completion, usage?.completionTokens),
      call.source,
    ]);
  }
  return {
    title: 'Estimated usage against what the API told',
    intro: 'Tokens of complete calls as their source shows them: told, estimated, and how far that is off.',
    head: ['call', 'prompt', 'completion', 'source'],
    rows,
    notes: ['A complete answer ends with a token that nobody sees; one that was broken off has none.'],
  };
}

function compared(told: number, estimated = NaN): string {
  return `${told}, ${estimated} (${((estimated / told - 1) * 100).toFixed(1)} %)`;
}
