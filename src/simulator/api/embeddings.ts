import { invalidRequest, missingParameter } from '../ApiError.js';
import { Random } from '../Random.js';
import { countTokens } from '../tokens.js';
import type { ApiCall, Endpoint, Reply } from './ApiCall.js';
import { integer, requireModel } from './fields.js';

/** https://platform.openai.com/docs/api-reference/embeddings/create (2026-11) */
const MOST_INPUTS = 2048;
const MOST_TOKENS = 8192;

/** POST /v1/embeddings. The same text has the same embedding, whatever the seed. */
export const embeddings: Endpoint = {
  path: '/v1/embeddings',
  answer(call): Reply {
    const { body, random, effects } = call;
    const model = requireModel(call, 'embedding');
    const inputs = readInputs(body);
    const most = model.dimensions ?? 1;
    const dimensions = integer(body, 'dimensions', 1, most) ?? most;
    const tokens = inputs.reduce((sum, input) => sum + tokensOf(input), 0);
    const prompt = Math.round(tokens * effects.cost);
    const data = inputs.map((input, index) => {
      const vector = unitVector(new Random(model.snapshot, JSON.stringify(input)), dimensions);
      return { object: 'embedding', index, embedding: encoded(vector, body['encoding_format']) };
    });
    return {
      kind: 'json',
      model,
      usage: { prompt, cached: 0, completion: 0, reasoning: 0 },
      afterMs: effects.slow * random.logNormal(model.firstTokenMs.median, model.firstTokenMs.sigma),
      body: { object: 'list', data, model: model.snapshot, usage: { prompt_tokens: prompt, total_tokens: prompt } },
    };
  },
};

type Input = string | readonly number[];

function readInputs({ input }: ApiCall['body']): Input[] {
  if (input === undefined || input === null) throw missingParameter('input');
  const inputs: Input[] = isTokens(input) ? [input] : (Array.isArray(input) ? input : [input]).map(readInput);
  if (inputs.length === 0 || inputs.length > MOST_INPUTS || inputs.some((each) => each.length === 0)) {
    throw invalidRequest(`'$.input' is invalid. Please check the API reference.`, 'input');
  }
  const longest = Math.max(...inputs.map(tokensOf));
  if (longest > MOST_TOKENS) {
    const message = `This model's maximum context length is ${MOST_TOKENS} tokens, however you requested ${longest} tokens. Please reduce your prompt.`;
    throw invalidRequest(message, 'input', 'context_length_exceeded');
  }
  return inputs;
}

function readInput(input: unknown): Input {
  if (typeof input === 'string' || isTokens(input)) return input;
  throw invalidRequest(`'$.input' is invalid. Please check the API reference.`, 'input');
}

function isTokens(input: unknown): input is readonly number[] {
  return Array.isArray(input) && input.length > 0 && input.every((token) => typeof token === 'number');
}

function tokensOf(input: Input): number {
  return typeof input === 'string' ? countTokens(input) : input.length;
}

function unitVector(random: Random, dimensions: number): Float32Array {
  const vector = Float32Array.from({ length: dimensions }, () => random.normal());
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}

/** base64 holds the numbers as little-endian 32-bit floats, which is how every platform of Node.js keeps them. */
function encoded(vector: Float32Array, format: unknown): string | number[] {
  return format === 'base64' ? Buffer.from(vector.buffer).toString('base64') : [...vector];
}
