import { request, type Agent, type IncomingMessage } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { Scenario, Seen } from './scenarios.js';

export interface CallSettings {
  readonly gatewayUrl: string;
  readonly agent: Agent;
  /** Milliseconds after which a client that leaves does so. */
  readonly leavesAfterMs: number;
  /** Words of the prompt, so that calls differ. */
  readonly prompt: string;
  /** 32 hexadecimal digits by which serve's log tells the call from others. */
  readonly traceId?: string;
  readonly onFirstBytes?: () => void;
}

/** Between two pieces of an answer that is read slowly. */
const PAUSE_MS = 15;

/** Makes one call over plain HTTP and tells how it ended, as its client saw it. Undefined: no connection was to be had. */
export async function makeCall(scenario: Scenario, settings: CallSettings): Promise<Seen | undefined> {
  const { stream, fault, reading = 'reads', name, model = 'gpt-4o-mini' } = scenario;
  const { traceId } = settings;
  const body = JSON.stringify({
    model,
    messages: [{ role: 'user', content: settings.prompt }],
    max_completion_tokens: 40,
    ...(stream && { stream: true }),
  });
  const headers = {
    'content-type': 'application/json',
    authorization: 'Bearer sk-test',
    'x-promptmeter-feature': name,
    ...(fault !== undefined && { 'x-simulate': fault }),
    ...(traceId !== undefined && { traceparent: `00-${traceId}-${traceId.slice(16)}-01` }),
  };
  return new Promise((resolve) => {
    let answered = false;
    let hasLeft = false;
    const leave = (): void => {
      hasLeft = true;
      call.destroy();
    };
    const call = request(`${settings.gatewayUrl}/v1/chat/completions`, {
      method: 'POST',
      headers,
      agent: settings.agent,
    });
    call.on('error', (error: NodeJS.ErrnoException) => {
      if (hasLeft) resolve('left');
      else if (!answered) resolve(error.code === 'ECONNREFUSED' ? undefined : 'unanswered');
    });
    call.on('response', (response) => {
      answered = true;
      if (settings.onFirstBytes !== undefined) response.once('data', settings.onFirstBytes);
      if (reading === 'leaves within the answer')
        response.once('data', () => setTimeout(leave, settings.leavesAfterMs));
      void read(response, reading === 'reads slowly', stream).then((seen) => resolve(hasLeft ? 'left' : seen));
    });
    call.end(body, () => {
      if (reading === 'leaves before the answer') setTimeout(leave, settings.leavesAfterMs);
    });
  });
}

async function read(response: IncomingMessage, slowly: boolean, stream: boolean): Promise<Seen> {
  let text = '';
  try {
    for await (const part of response) {
      text += String(part);
      if (slowly) await wait(PAUSE_MS);
    }
  } catch {
    return 'broken';
  }
  const status = response.statusCode ?? 0;
  if (status !== 200) return `${status}`;
  return !stream || text.endsWith('data: [DONE]\n\n') ? 'whole' : 'unfinished';
}
