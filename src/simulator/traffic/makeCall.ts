import type OpenAI from 'openai';
import { FAULT_HEADER } from '../faults/header.js';
import { chatBody, embeddingBody, responseBody } from './callBody.js';
import type { CallPlan } from './planCall.js';

export type CallOutcome = 'success' | 'error' | 'left';

interface CallOptions {
  readonly headers: Record<string, string>;
  readonly signal: AbortSignal;
}

/** Makes the call with the real SDK. Never throws. */
export async function makeCall(client: OpenAI, plan: CallPlan, signal: AbortSignal): Promise<CallOutcome> {
  const { app, feature } = plan.row;
  const headers: Record<string, string> = { 'x-promptmeter-app': app, 'x-promptmeter-feature': feature };
  if (plan.fault !== undefined) headers[FAULT_HEADER] = plan.fault;
  try {
    return await call(client, plan, { headers, signal });
  } catch {
    return signal.aborted ? 'left' : 'error';
  }
}

async function call(client: OpenAI, plan: CallPlan, options: CallOptions): Promise<CallOutcome> {
  const { api, stream } = plan.row;
  if (api === 'embeddings') await client.embeddings.create(embeddingBody(plan), options);
  else if (api === 'responses') {
    const body = responseBody(plan);
    if (stream) return read(await client.responses.create({ ...body, stream }, options), plan);
    await client.responses.create(body, options);
  } else {
    const body = chatBody(plan);
    if (stream) return read(await client.chat.completions.create({ ...body, stream }, options), plan);
    await client.chat.completions.create(body, options);
  }
  return 'success';
}

async function read(events: AsyncIterable<unknown>, { leaveAfter }: CallPlan): Promise<CallOutcome> {
  let seen = 0;
  for await (const event of events) {
    if (event !== undefined) seen += 1;
    if (seen === leaveAfter) return 'left';
  }
  return 'success';
}
