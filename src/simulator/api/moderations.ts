import { missingParameter } from '../ApiError.js';
import { NO_USAGE } from '../tokens.js';
import type { Endpoint, Reply } from './ApiCall.js';
import { requireModel } from './fields.js';

/** https://platform.openai.com/docs/guides/moderation (2026-11) */
const CATEGORIES = [
  'harassment', 'harassment/threatening', 'hate', 'hate/threatening', 'illicit', 'illicit/violent', 'self-harm',
  'self-harm/instructions', 'self-harm/intent', 'sexual', 'sexual/minors', 'violence', 'violence/graphic',
]; // prettier-ignore

const HIGHEST_HARMLESS_SCORE = 0.01;

/** POST /v1/moderations. Nothing is ever flagged. */
export const moderations: Endpoint = {
  path: '/v1/moderations',
  answer(call): Reply {
    const { body, random, effects } = call;
    const model = requireModel(call, 'moderation', 'omni-moderation-latest');
    const { input } = body;
    if (input === undefined || input === null) throw missingParameter('input');
    const results = (Array.isArray(input) ? input : [input]).map(() => ({
      flagged: false,
      categories: ofEach(() => false),
      category_scores: ofEach(() => random.float() * HIGHEST_HARMLESS_SCORE),
      category_applied_input_types: ofEach(() => ['text']),
    }));
    return {
      kind: 'json',
      model,
      usage: NO_USAGE,
      afterMs: effects.slow * random.logNormal(model.firstTokenMs.median, model.firstTokenMs.sigma),
      body: { id: `modr-${random.id(24)}`, model: model.snapshot, results },
    };
  },
};

function ofEach<T>(value: () => T): Record<string, T> {
  return Object.fromEntries(CATEGORIES.map((category) => [category, value()]));
}
