import { asRecord } from '../../call/guards.js';
import type { Usage } from '../tokens.js';
import type { Answer } from './answer.js';
import type { ApiCall } from './ApiCall.js';
import type { ResponseRequest } from './responseRequest.js';
import { STREAM_ERROR } from './sse.js';
import { usageOfResponse } from './usage.js';

export type ResponseStatus = 'in_progress' | 'completed' | 'incomplete' | 'failed';
export type Item = Readonly<Record<string, unknown>>;

/** Parameters that a response repeats, with the value it shows when the call did not set them. */
const REPEATED: Readonly<Record<string, unknown>> = {
  background: false,
  instructions: null,
  max_output_tokens: null,
  max_tool_calls: null,
  metadata: {},
  parallel_tool_calls: true,
  previous_response_id: null,
  prompt_cache_key: null,
  reasoning: { effort: null, summary: null },
  safety_identifier: null,
  store: true,
  temperature: 1,
  text: { format: { type: 'text' }, verbosity: 'medium' },
  tool_choice: 'auto',
  tools: [],
  top_logprobs: 0,
  top_p: 1,
  truncation: 'disabled',
  user: null,
};

/** Builds the `response` object in each of its states. */
export class ResponseObject {
  readonly #base: Record<string, unknown>;

  constructor(
    private readonly request: ResponseRequest,
    { random, created }: ApiCall,
  ) {
    const repeated = Object.entries(REPEATED).map(([name, value]) => [name, request.body[name] ?? value] as const);
    const text = asRecord(request.body['text']);
    this.#base = {
      id: `resp_${random.id(48).toLowerCase()}`,
      object: 'response',
      created_at: created,
      model: request.model.snapshot,
      ...Object.fromEntries(repeated),
      text: { format: { type: 'text' }, verbosity: 'medium', ...text },
      service_tier: request.serviceTier,
    };
  }

  inProgress(): unknown {
    return { ...this.#of('in_progress', [], null), service_tier: this.request.body['service_tier'] ?? 'auto' };
  }

  failed(usage: Usage | null = null): unknown {
    const error = { code: 'server_error', message: STREAM_ERROR };
    return { ...this.#of('failed', [], usage), error };
  }

  /** The end of an answer: completed, or incomplete when the limit of tokens cut it short. */
  ended(output: readonly Item[], { usage, choices }: Answer): unknown {
    const truncated = choices.some((choice) => choice.truncated);
    if (!truncated) return this.#of('completed', output, usage);
    return { ...this.#of('incomplete', output, usage), incomplete_details: { reason: 'max_output_tokens' } };
  }

  #of(status: ResponseStatus, output: readonly Item[], usage: Usage | null): Record<string, unknown> {
    return {
      ...this.#base,
      status,
      error: null,
      incomplete_details: null,
      output,
      usage: usage === null ? null : usageOfResponse(usage),
    };
  }
}
