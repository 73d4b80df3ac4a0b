import type OpenAI from 'openai';
import { FAULT_HEADER } from '../faults/header.js';
import { chatBody, embeddingBody, responseBody } from './callBody.js';
import type { CallPlan } from './planCall.js';

export type CallOutcome = 'success' | 'error' | 'left';

/** What its caller knows of a call afterwards. */
export interface CallReport {
  readonly outcome: CallOutcome;
  /** Undefined when no gateway answered. */
  readonly correlationId: string | undefined;
  /** Milliseconds until there was something to see. */
  readonly waitedMs: number;
}

interface CallOptions {
  readonly headers: Record<string, string>;
  readonly signal: AbortSignal;
}

interface Answer {
  readonly response: Response;
  /** Undefined when it came whole. */
  readonly events?: AsyncIterable<unknown>;
}

const ID_HEADER = 'x-promptmeter-id';

/** Makes the call with the real SDK. Never throws. */
export async function makeCall(client: OpenAI, plan: CallPlan, signal: AbortSignal): Promise<CallReport> {
  const { app, feature } = plan.row;
  const headers: Record<string, string> = { 'x-promptmeter-app': app, 'x-promptmeter-feature': feature };
  if (plan.fault !== undefined) headers[FAULT_HEADER] = plan.fault;
  const startedAt = performance.now();
  const waited = (): number => performance.now() - startedAt;
  let correlationId: string | undefined;
  let waitedMs: number | undefined;
  try {
    const { response, events } = await call(client, plan, { headers, signal });
    correlationId = response.headers.get(ID_HEADER) ?? undefined;
    const outcome = await read(events ?? [], plan, () => (waitedMs ??= waited()));
    return { outcome, correlationId, waitedMs: waitedMs ?? waited() };
  } catch (error) {
    const outcome = signal.aborted ? 'left' : 'error';
    return { outcome, correlationId: correlationId ?? idOf(error), waitedMs: waitedMs ?? waited() };
  }
}

async function call(client: OpenAI, plan: CallPlan, options: CallOptions): Promise<Answer> {
  const { api, stream } = plan.row;
  if (api === 'embeddings') return client.embeddings.create(embeddingBody(plan), options).withResponse();
  if (api === 'responses') {
    const body = responseBody(plan);
    if (!stream) return client.responses.create(body, options).withResponse();
    const { response, data } = await client.responses.create({ ...body, stream }, options).withResponse();
    return { response, events: data };
  }
  const body = chatBody(plan);
  if (!stream) return client.chat.completions.create(body, options).withResponse();
  const { response, data } = await client.chat.completions.create({ ...body, stream }, options).withResponse();
  return { response, events: data };
}

async function read(
  events: AsyncIterable<unknown> | Iterable<unknown>,
  { leaveAfter }: CallPlan,
  onEvent: () => void,
): Promise<CallOutcome> {
  let seen = 0;
  for await (const event of events) {
    onEvent();
    if (event !== undefined) seen += 1;
    if (seen === leaveAfter) return 'left';
  }
  return 'success';
}

/** The SDK's errors have the headers of the answer that they are made of. */
function idOf(error: unknown): string | undefined {
  const headers = error instanceof Error && 'headers' in error ? error.headers : undefined;
  return headers instanceof Headers ? (headers.get(ID_HEADER) ?? undefined) : undefined;
}
