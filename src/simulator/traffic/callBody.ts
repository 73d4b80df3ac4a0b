import type OpenAI from 'openai';
import type { CallPlan } from './planCall.js';

type ChatBody = OpenAI.Chat.ChatCompletionCreateParamsNonStreaming;
type ResponseBody = OpenAI.Responses.ResponseCreateParamsNonStreaming;

const TOOL = {
  type: 'function',
  function: {
    name: 'find_documents',
    parameters: {
      type: 'object',
      properties: { query: { type: 'string' }, limit: { type: 'integer', minimum: 1, maximum: 10 } },
      required: ['query'],
    },
  },
} as const;

export function chatBody({ row, system, prompt, maxTokens }: CallPlan): ChatBody {
  return {
    model: row.model,
    messages: [
      ...(system === undefined ? [] : [{ role: 'system' as const, content: system }]),
      { role: 'user', content: prompt },
    ],
    ...(maxTokens !== undefined && { max_completion_tokens: maxTokens }),
    ...(row.withTools === true && { tools: [TOOL] }),
  };
}

export function responseBody({ row, system, prompt, maxTokens }: CallPlan): ResponseBody {
  return {
    model: row.model,
    input: prompt,
    ...(system !== undefined && { instructions: system }),
    ...(maxTokens !== undefined && { max_output_tokens: maxTokens }),
  };
}

export function embeddingBody({ row, prompt }: CallPlan): OpenAI.EmbeddingCreateParams {
  return { model: row.model, input: prompt };
}
