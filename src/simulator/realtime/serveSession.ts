import { setTimeout as sleep } from 'node:timers/promises';
import type { WebSocket } from 'ws';
import { asRecord, asString } from '../../call/guards.js';
import type { Effects } from '../faults/effects.js';
import type { LedgerOutcome } from '../Ledger.js';
import type { Random } from '../Random.js';
import { parseJson } from '../server/parseJson.js';
import { textPieces } from '../text.js';
import type { Usage } from '../tokens.js';

export interface Session {
  readonly socket: WebSocket;
  /** As it was asked for. */
  readonly model: string;
  readonly random: Random;
  readonly effects: Effects;
  /** Divides every delay. */
  readonly speed: number;
}

/** What the next answer adds to the conversation, in tokens: half of it sound. */
const QUESTION = 40;
const SYSTEM = 60;
const FIRST_TOKEN_MS = 300;
const TOKEN_MS = 20;

/** Talks as the realtime API does: one answer, in events, for each `response.create`. Tells once how it ended. */
export function serveSession(
  session: Session,
  ended: (outcome: LedgerOutcome, usage: Usage, told: boolean) => void,
): void {
  const { socket, model, random, effects, speed } = session;
  const { broken, slow, cost } = effects;
  const usage = { prompt: 0, cached: 0, completion: 0, reasoning: 0 };
  let context = SYSTEM;
  let sent = 0;
  let outcome: LedgerOutcome = 'client_left';
  let answering = Promise.resolve();

  const send = (type: string, fields: object): void => {
    if (broken !== undefined && sent === broken.after && outcome === 'client_left') strike();
    if (socket.readyState !== socket.OPEN || outcome === 'stall') return;
    sent += 1;
    socket.send(JSON.stringify({ type, event_id: `event_${random.id(16)}`, ...fields }));
  };
  const strike = (): void => {
    if (broken === undefined) return;
    outcome = broken.kind;
    if (broken.kind === 'garbage') socket.send('{"type": "half an eve');
    else if (broken.kind === 'error_event') send('error', { error: { type: 'server_error', code: 'server_error' } });
    else if (broken.kind !== 'stall' && broken.kind !== 'failed') socket.terminate();
  };
  const answer = async (): Promise<void> => {
    const response = { object: 'realtime.response', id: `resp_${random.id(16)}`, output: [] };
    const pieces = textPieces(random, Math.round((5 + (random.id(1).charCodeAt(0) % 10)) * cost), 1);
    const cached = context > SYSTEM ? SYSTEM : 0;
    context += QUESTION;
    send('response.created', { response: { ...response, status: 'in_progress', usage: null } });
    for (const [i, delta] of pieces.entries()) {
      const wait = ((i === 0 ? FIRST_TOKEN_MS : TOKEN_MS) * slow) / speed;
      if (wait > 0) await sleep(wait);
      send('response.output_text.delta', { response_id: response.id, delta });
    }
    const failed = outcome === 'failed';
    const done = {
      ...response,
      status: failed ? 'failed' : 'completed',
      usage: usageOf(context, cached, pieces.length),
    };
    send('response.done', { response: failed ? { ...done, usage: null } : done });
    if (failed || socket.readyState !== socket.OPEN) return;
    usage.prompt += context;
    usage.cached += cached;
    usage.completion += pieces.length;
    context += pieces.length;
  };

  socket.on('error', () => undefined);
  socket.on('message', (data: Buffer) => {
    if (asString(asRecord(parseJson(data))?.['type']) === 'response.create') answering = answering.then(answer);
  });
  socket.on('close', (code) => {
    const whole = outcome === 'client_left' && code !== 1006;
    ended(whole ? 'answered' : outcome, usage, usage.prompt > 0);
  });
  send('session.created', { session: { type: 'realtime', object: 'realtime.session', model } });
}

function usageOf(prompt: number, cached: number, completion: number): object {
  const audioIn = Math.floor((prompt - cached) / 2);
  const audioOut = Math.floor(completion / 2);
  return {
    total_tokens: prompt + completion,
    input_tokens: prompt,
    output_tokens: completion,
    input_token_details: {
      text_tokens: prompt - audioIn,
      audio_tokens: audioIn,
      cached_tokens: cached,
      cached_tokens_details: { text_tokens: cached, audio_tokens: 0 },
    },
    output_token_details: { text_tokens: completion - audioOut, audio_tokens: audioOut },
  };
}
