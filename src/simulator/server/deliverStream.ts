import { setImmediate as flushed } from 'node:timers/promises';
import type { Frame, StreamReply } from '../api/ApiCall.js';
import type { Effects } from '../faults/effects.js';
import type { BreakKind } from '../faults/kinds.js';
import type { LedgerOutcome } from '../Ledger.js';
import type { Usage } from '../tokens.js';
import type { Exchange, Headers } from './Exchange.js';

/** Sends a stream event by event, each at its time, with whatever breaks it. Stops when the client leaves. */
export async function deliverStream(
  reply: StreamReply,
  exchange: Exchange,
  effects: Effects,
  headers: Headers,
): Promise<void> {
  const { pacer, response } = exchange;
  const { broken } = effects;
  let sent = 0;
  let tokens = 0;
  const settle = (outcome: LedgerOutcome): void => {
    const whole = outcome === 'answered';
    exchange.settle(outcome, whole ? reply.usage : usageSoFar(reply.usage, tokens), whole && reply.usageTold);
  };

  if (!(await pacer.until(reply.afterMs))) {
    settle('client_left');
    return;
  }
  exchange.writeHead(200, { ...headers, 'content-type': 'text/event-stream; charset=utf-8' });
  response.flushHeaders();
  for (const frame of reply.frames) {
    if (strikes(broken, frame, sent)) {
      settle(broken.kind);
      const goesOn = await strike(broken.kind, sent, reply, exchange);
      if (!goesOn) return;
    }
    if (!(await pacer.until(frame.atMs))) {
      settle('client_left');
      return;
    }
    tokens += frame.tokens;
    if (frame.last === true) settle('answered');
    await writeFrame(frame, exchange, effects.split);
    sent += 1;
  }
  response.end();
}

/** A break strikes after its number of events, or in place of the last one when there are not that many. */
function strikes(broken: Effects['broken'], frame: Frame, sent: number): broken is NonNullable<Effects['broken']> {
  if (broken === undefined) return false;
  if (broken.kind === 'no_done') return frame.last === true;
  return sent === broken.after || (frame.last === true && sent < broken.after);
}

/** Does what the fault does; true when the stream goes on after it. */
async function strike(kind: BreakKind, sent: number, reply: StreamReply, exchange: Exchange): Promise<boolean> {
  const { pacer, response } = exchange;
  switch (kind) {
    case 'cut':
      await exchange.cut();
      return false;
    case 'stall':
      await pacer.untilGone();
      return false;
    case 'garbage':
      await pacer.write('data: {"id": "half an eve\n\n');
      return true;
    case 'error_event':
    case 'failed':
      await pacer.write(reply.errorFrame(kind, sent));
      response.end();
      return false;
    case 'no_done':
      response.end();
      return false;
  }
}

async function writeFrame({ text }: Frame, { pacer }: Exchange, split: boolean): Promise<void> {
  if (!split) {
    await pacer.write(text);
    return;
  }
  const bytes = Buffer.from(text);
  const middle = bytes.length >> 1;
  await pacer.write(bytes.subarray(0, middle));
  await flushed();
  await pacer.write(bytes.subarray(middle));
}

/** What was used when a stream breaks off: the prompt, and what was written until then. */
function usageSoFar(usage: Usage, tokens: number): Usage {
  const reasoning = tokens === 0 ? 0 : usage.reasoning;
  return { ...usage, reasoning, completion: reasoning + tokens };
}
