import { makeAnswer, type Answer, type Choice } from './answer.js';
import type { ApiCall, Endpoint, Reply } from './ApiCall.js';
import { chatFrames } from './chatFrames.js';
import { finishReason, type ChatHead } from './chatHead.js';
import { readChatRequest, type ChatRequest } from './chatRequest.js';
import { errorDataFrame } from './sse.js';
import { usageOfCompletion } from './usage.js';

/** POST /v1/chat/completions, https://platform.openai.com/docs/api-reference/chat (2026-11). */
export const chat: Endpoint = {
  path: '/v1/chat/completions',
  answer(call): Reply {
    const asked = readChatRequest(call);
    const answer = makeAnswer(asked, call);
    const head = headOf(asked, call);
    const base = { model: asked.model, usage: answer.usage };
    if (!asked.stream) {
      return { ...base, kind: 'json', afterMs: answer.totalMs, body: completion(asked, answer, head, call) };
    }
    return {
      ...base,
      kind: 'stream',
      afterMs: answer.firstTokenMs * 0.3,
      frames: chatFrames(asked, answer, head, call),
      usageTold: asked.includeUsage,
      errorFrame: errorDataFrame,
    };
  },
};

function headOf({ model, serviceTier }: ChatRequest, { random, created }: ApiCall): ChatHead {
  return {
    id: `chatcmpl-${random.id(29)}`,
    created,
    model: model.snapshot,
    service_tier: serviceTier,
    system_fingerprint: model.reasoningTokens === undefined ? `fp_${random.id(10).toLowerCase()}` : null,
  };
}

function completion(asked: ChatRequest, answer: Answer, head: ChatHead, { random }: ApiCall): unknown {
  return {
    ...head,
    object: 'chat.completion',
    choices: answer.choices.map((choice, index) => ({
      index,
      message: { role: 'assistant', ...messageOf(asked, choice, random.id(24)), refusal: null, annotations: [] },
      logprobs: null,
      finish_reason: finishReason(asked, choice),
    })),
    usage: usageOfCompletion(answer.usage),
  };
}

function messageOf({ tool }: ChatRequest, { pieces }: Choice, id: string): Record<string, unknown> {
  if (tool === undefined) return { content: pieces.join('') };
  const call = { id: `call_${id}`, type: 'function', function: { name: tool.name, arguments: pieces.join('') } };
  return { content: null, tool_calls: [call] };
}
