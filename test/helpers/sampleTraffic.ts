import { readUsage } from '../../src/call/readUsage.js';
import { createPriceBook } from '../../src/pricing/createPriceBook.js';
import type { Endpoint, Reply } from '../../src/simulator/api/ApiCall.js';
import { chat } from '../../src/simulator/api/chat.js';
import { embeddings } from '../../src/simulator/api/embeddings.js';
import { responses } from '../../src/simulator/api/responses.js';
import { effectsOf } from '../../src/simulator/faults/effects.js';
import type { Fault } from '../../src/simulator/faults/kinds.js';
import { SIMULATED_MODELS } from '../../src/simulator/models.js';
import { PromptCache } from '../../src/simulator/PromptCache.js';
import { Random } from '../../src/simulator/Random.js';
import { chatBody, embeddingBody, responseBody } from '../../src/simulator/traffic/callBody.js';
import { planCall, type CallPlan } from '../../src/simulator/traffic/planCall.js';

/** What one call of the simulated traffic comes to when all goes well. */
export interface SampledCall {
  readonly model: string;
  readonly usd: number;
  readonly durationMs: number;
  /** Undefined without a stream. */
  readonly firstTokenMs: number | undefined;
}

/** So many calls of the traffic, answered by the simulator's own endpoints, without a network and without waiting. */
export function sampleTraffic(calls: number, faults: readonly Fault[] = []): SampledCall[] {
  const cache = new PromptCache();
  const prices = createPriceBook();
  return Array.from({ length: calls }, (_, number) => {
    const plan = planCall(1, number);
    const { endpoint, body } = requestOf(plan);
    const random = new Random('sample', number);
    const reply = endpoint.answer({
      body,
      models: SIMULATED_MODELS,
      random,
      effects: effectsOf(faults),
      cache,
      created: 0,
    });
    const { prompt, completion, cached, reasoning } = reply.usage;
    const usage = readUsage({
      prompt_tokens: prompt,
      completion_tokens: completion,
      prompt_tokens_details: { cached_tokens: cached },
      completion_tokens_details: { reasoning_tokens: reasoning },
    });
    const usd = prices.cost({ provider: 'openai', model: reply.model.snapshot, usage: usage! });
    if (usd === undefined) throw new Error(`${reply.model.snapshot} has no price`);
    return { model: reply.model.name, usd, ...timesOf(reply) };
  });
}

function timesOf(reply: Reply): Pick<SampledCall, 'durationMs' | 'firstTokenMs'> {
  let durationMs = reply.afterMs;
  let firstTokenMs: number | undefined;
  if (reply.kind === 'stream') {
    for (const { atMs, tokens } of reply.frames) {
      durationMs = atMs;
      if (tokens > 0) firstTokenMs ??= atMs;
    }
  }
  return { durationMs, firstTokenMs };
}

function requestOf(plan: CallPlan): { readonly endpoint: Endpoint; readonly body: Record<string, unknown> } {
  const stream = plan.row.stream;
  switch (plan.row.api) {
    case 'chat':
      return { endpoint: chat, body: { ...chatBody(plan), stream } };
    case 'responses':
      return { endpoint: responses, body: { ...responseBody(plan), stream } };
    case 'embeddings':
      return { endpoint: embeddings, body: { ...embeddingBody(plan) } };
  }
}

export function byModel(calls: readonly SampledCall[]): ReadonlyMap<string, readonly SampledCall[]> {
  const models = new Map<string, SampledCall[]>();
  for (const call of calls) {
    const others = models.get(call.model);
    if (others === undefined) models.set(call.model, [call]);
    else others.push(call);
  }
  return models;
}
