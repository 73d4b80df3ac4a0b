import type { JsonReply } from '../api/ApiCall.js';
import type { Effects } from '../faults/effects.js';
import type { Exchange, Headers } from './Exchange.js';

/** Sends a JSON answer at its time, with whatever breaks it. */
export async function deliverJson(
  reply: JsonReply,
  exchange: Exchange,
  { broken }: Effects,
  headers: Headers,
): Promise<void> {
  const { pacer, response } = exchange;
  if (!(await pacer.until(reply.afterMs))) {
    exchange.settle('client_left');
    return;
  }
  const whole = Buffer.from(JSON.stringify(reply.body));
  const half = whole.subarray(0, whole.length >> 1);
  const body = broken?.kind === 'garbage' ? half : whole;
  exchange.writeHead(200, { ...headers, 'content-type': 'application/json', 'content-length': String(body.length) });
  switch (broken?.kind) {
    case 'cut':
    case 'stall':
      await pacer.write(half);
      exchange.settle(broken.kind);
      if (broken.kind === 'stall') await pacer.untilGone();
      await exchange.cut();
      return;
    case 'garbage':
      exchange.settle('garbage');
      break;
    case 'failed':
      exchange.settle('failed', reply.usage, true);
      break;
    default:
      exchange.settle('answered', reply.usage, true);
  }
  response.end(body);
}

/** Sends what needs no model: a list of models, an error, the state of the control. */
export function sendJson(exchange: Exchange, status: number, body: unknown, headers: Headers = {}): void {
  const bytes = Buffer.from(JSON.stringify(body));
  exchange.writeHead(status, {
    ...headers,
    'content-type': 'application/json',
    'content-length': String(bytes.length),
  });
  exchange.settle(status < 400 ? 'answered' : 'refused');
  exchange.response.end(bytes);
}
