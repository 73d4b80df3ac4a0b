import { invalidRequest } from '../ApiError.js';
import { jsonExample } from '../jsonExample.js';
import type { LogNormal, SimulatedModel } from '../models.js';
import type { Random } from '../Random.js';
import { piecesOf, textPieces } from '../text.js';
import type { Usage } from '../tokens.js';
import type { ApiCall } from './ApiCall.js';
import type { Tool } from './tools.js';

/** What a call asks of a model that writes, in whichever dialect it came. */
export interface Asked {
  readonly model: SimulatedModel;
  readonly promptText: string;
  readonly promptTokens: number;
  /** How many answers. */
  readonly choices: number;
  readonly maxTokens?: number | undefined;
  /** A JSON schema that the text must fit; undefined for plain text. */
  readonly json?: unknown;
  /** The function that the answer calls. */
  readonly tool?: Tool | undefined;
}

/** One of the answers. Its pieces are the text, or the arguments of the function. */
export interface Choice {
  readonly pieces: readonly string[];
  readonly tokensPerPiece: number;
  /** True when the limit of tokens cut it short. */
  readonly truncated: boolean;
}

/** What the model says and when. Milliseconds after the call came. */
export interface Answer {
  readonly choices: readonly Choice[];
  readonly usage: Usage;
  readonly firstTokenMs: number;
  /** When piece i of every choice comes. */
  atMs(piece: number): number;
  readonly totalMs: number;
}

/** Tokens of reasoning come in blocks of this size. */
const REASONING_BLOCK = 64;

/** Makes up an answer. Throws an ApiError when the prompt is too long for the model. */
export function makeAnswer(asked: Asked, { random, effects, cache }: ApiCall): Answer {
  const { model, promptTokens, maxTokens } = asked;
  refuseLongPrompt(model, promptTokens);
  const cached = cache.cachedTokens(model.name, asked.promptText);
  const limit = Math.min(maxTokens ?? model.maxOutput, model.maxOutput);
  const reasoning = Math.min(reasoningTokens(model.reasoningTokens, random, effects.cost), limit);
  const choices = Array.from({ length: asked.choices }, () =>
    makeChoice(asked, random, limit - reasoning, effects.cost),
  );
  const visible = choices.reduce((sum, { pieces, tokensPerPiece }) => sum + pieces.length * tokensPerPiece, 0);

  const firstTokenMs = effects.slow * random.logNormal(model.firstTokenMs.median, model.firstTokenMs.sigma);
  const times = [firstTokenMs];
  const longest = Math.max(...choices.map(({ pieces }) => pieces.length));
  let last = firstTokenMs;
  for (let i = 1; i < longest; i += 1) {
    last += effects.slow * random.logNormal(model.tokenMs.median, model.tokenMs.sigma);
    times.push(last);
  }
  return {
    choices,
    usage: {
      prompt: Math.max(promptTokens, Math.min(Math.round(promptTokens * effects.cost), model.contextWindow - limit)),
      cached: Math.min(cached, promptTokens),
      completion: visible + reasoning * asked.choices,
      reasoning: reasoning * asked.choices,
    },
    firstTokenMs,
    atMs: (piece) => times[piece] ?? last,
    totalMs: last,
  };
}

function makeChoice(asked: Asked, random: Random, limit: number, cost: number): Choice {
  const given = givenText(asked, random);
  if (given !== undefined) {
    const pieces = piecesOf(given);
    return { pieces: pieces.slice(0, limit), tokensPerPiece: 1, truncated: pieces.length > limit };
  }
  const { median, sigma } = asked.model.completionTokens;
  const wanted = Math.max(1, Math.round(random.logNormal(median, sigma)));
  const pieces = Math.min(wanted, limit);
  // Costly answers come in as many events and as fast, each holding more words, so that cost rises and latency doesn't.
  const tokensPerPiece = pieces === 0 ? 1 : Math.max(1, Math.min(Math.round(cost), Math.floor(limit / pieces)));
  return { pieces: textPieces(random, pieces, tokensPerPiece), tokensPerPiece, truncated: wanted > limit };
}

function givenText({ json, tool }: Asked, random: Random): string | undefined {
  if (tool !== undefined) return JSON.stringify(jsonExample(tool.schema, random));
  return json === undefined ? undefined : JSON.stringify(jsonExample(json, random));
}

function reasoningTokens(tokens: LogNormal | undefined, random: Random, cost: number): number {
  if (tokens === undefined) return 0;
  return Math.ceil((random.logNormal(tokens.median, tokens.sigma) * cost) / REASONING_BLOCK) * REASONING_BLOCK;
}

function refuseLongPrompt({ contextWindow }: SimulatedModel, tokens: number): void {
  if (tokens <= contextWindow) return;
  const message = `This model's maximum context length is ${contextWindow} tokens. However, your messages resulted in ${tokens} tokens. Please reduce the length of the messages.`;
  throw invalidRequest(message, 'messages', 'context_length_exceeded');
}
