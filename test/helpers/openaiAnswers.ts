import type { Answer } from './scriptedServer.js';
import { streamFixture } from './streamFixtures.js';

export const completion = {
  id: 'chatcmpl-1',
  object: 'chat.completion',
  created: 1,
  model: 'gpt-4o-mini-2024-07-18',
  choices: [
    {
      index: 0,
      message: { role: 'assistant', content: 'ANSWER-SECRET', refusal: null },
      finish_reason: 'stop',
      logprobs: null,
    },
  ],
  usage: { prompt_tokens: 12, completion_tokens: 7, total_tokens: 19 },
};

export const response = {
  id: 'resp_1',
  object: 'response',
  created_at: 1,
  status: 'completed',
  model: 'gpt-4.1-2025-04-14',
  service_tier: 'default',
  error: null,
  incomplete_details: null,
  output: [
    {
      id: 'm',
      type: 'message',
      status: 'completed',
      role: 'assistant',
      content: [{ type: 'output_text', text: 'ANSWER-SECRET', annotations: [] }],
    },
  ],
  usage: {
    input_tokens: 20,
    input_tokens_details: { cached_tokens: 8 },
    output_tokens: 5,
    output_tokens_details: { reasoning_tokens: 3 },
    total_tokens: 25,
  },
};

/** An answer of JSON. */
export function jsonAnswer(value: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status, headers, steps: [JSON.stringify(value)] };
}

export const EVENT_STREAM = { 'content-type': 'text/event-stream' } as const;

/** A recorded stream as an answer. */
export function eventsAnswer(name: string): Answer {
  return { headers: EVENT_STREAM, steps: [streamFixture(name)] };
}
