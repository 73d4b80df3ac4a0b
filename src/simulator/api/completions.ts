import { asRecord } from '../../call/guards.js';
import { countTokens } from '../tokens.js';
import { makeAnswer, type Answer, type Asked, type Choice } from './answer.js';
import type { ApiCall, Endpoint, Frame, Reply } from './ApiCall.js';
import { integer, requireModel } from './fields.js';
import { dataFrame, errorDataFrame } from './sse.js';

/** The default of the API, https://platform.openai.com/docs/api-reference/completions (2026-11). */
const DEFAULT_MAX_TOKENS = 16;

/** POST /v1/completions, the API's oldest dialect. */
export const completions: Endpoint = {
  path: '/v1/completions',
  answer(call): Reply {
    const { body } = call;
    const asked = readRequest(call);
    const answer = makeAnswer(asked, call);
    const includeUsage = asRecord(body['stream_options'])?.['include_usage'] === true;
    const base = { model: asked.model, usage: answer.usage };
    const head = {
      id: `cmpl-${call.random.id(29)}`,
      object: 'text_completion',
      created: call.created,
      model: asked.model.snapshot,
    };
    if (body['stream'] === true) {
      const frames = completionFrames(head, answer, includeUsage);
      const afterMs = answer.firstTokenMs * 0.3;
      return { ...base, kind: 'stream', afterMs, frames, usageTold: includeUsage, errorFrame: errorDataFrame };
    }
    const choices = answer.choices.map((choice, i) => choiceOf(i, choice.pieces.join(''), choice));
    return { ...base, kind: 'json', afterMs: answer.totalMs, body: { ...head, choices, usage: usageOf(answer) } };
  },
};

function readRequest(call: ApiCall): Asked {
  const { body } = call;
  const prompt = body['prompt'] ?? '<|endoftext|>';
  const promptText = typeof prompt === 'string' ? prompt : JSON.stringify(prompt);
  return {
    model: requireModel(call, 'completion'),
    promptText,
    promptTokens: countTokens(promptText),
    choices: integer(body, 'n', 1, 128) ?? 1,
    maxTokens: integer(body, 'max_tokens', 0, Number.MAX_SAFE_INTEGER) ?? DEFAULT_MAX_TOKENS,
  };
}

function* completionFrames(
  head: Readonly<Record<string, unknown>>,
  answer: Answer,
  includeUsage: boolean,
): Generator<Frame> {
  const event = (fields: Record<string, unknown>): string =>
    dataFrame({ ...head, ...fields, ...(includeUsage && { usage: fields['usage'] ?? null }) });
  const longest = Math.max(...answer.choices.map(({ pieces }) => pieces.length));
  for (let i = 0; i < longest; i += 1) {
    for (const [index, { pieces, tokensPerPiece }] of answer.choices.entries()) {
      const piece = pieces[i];
      if (piece === undefined) continue;
      yield { atMs: answer.atMs(i), text: event({ choices: [choiceOf(index, piece)] }), tokens: tokensPerPiece };
    }
  }
  const { totalMs } = answer;
  for (const [index, choice] of answer.choices.entries()) {
    yield { atMs: totalMs, text: event({ choices: [choiceOf(index, '', choice)] }), tokens: 0 };
  }
  if (includeUsage) yield { atMs: totalMs, text: event({ choices: [], usage: usageOf(answer) }), tokens: 0 };
  yield { atMs: totalMs, text: dataFrame('[DONE]'), tokens: 0, last: true };
}

function choiceOf(index: number, text: string, ended?: Choice): Record<string, unknown> {
  const reason = ended === undefined ? null : ended.truncated ? 'length' : 'stop';
  return { text, index, logprobs: null, finish_reason: reason };
}

function usageOf({ usage }: Answer): Record<string, number> {
  const { prompt, completion } = usage;
  return { prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion };
}
