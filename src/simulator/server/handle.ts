import type { IncomingMessage, ServerResponse } from 'node:http';
import { ApiError, notAuthenticated, wrongMethod } from '../ApiError.js';
import { ADMIN_KEY, COSTS_PATH, costsPage } from '../api/costs.js';
import { refusalOf } from '../faults/refusal.js';
import { Random } from '../Random.js';
import { NO_USAGE } from '../tokens.js';
import { CONTROL_PATH, controlRoute } from './controlRoutes.js';
import { sendJson } from './deliverJson.js';
import { Exchange } from './Exchange.js';
import { readBody } from './readBody.js';
import { serveApi, type Told } from './serveApi.js';
import type { Service } from './Service.js';

/** The version that the API names in every answer. */
const API_VERSION = '2020-10-01';

/** Answers one request. Never throws. */
export async function handle(request: IncomingMessage, response: ServerResponse, service: Service): Promise<void> {
  const path = pathOf(request);
  const isCosts = path === COSTS_PATH;
  const isControl = path === CONTROL_PATH || path.startsWith(`${CONTROL_PATH}/`);
  const told: Told = { path: 'other', model: 'none', stream: false };
  const end = isControl || isCosts ? () => undefined : service.ledger.begin();

  const body = await readBody(request).catch((error: unknown) => error);
  if (!Buffer.isBuffer(body) && !(body instanceof ApiError)) {
    // It broke off before it could be read, and is a call all the same.
    end({ ...told, status: 0, outcome: 'client_left' }, NO_USAGE, false);
    return;
  }
  const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
  const random = new Random(service.seed, path, bytes, service.occurrences.next(path, bytes));
  const headers = {
    'x-request-id': `req_${random.id(32).toLowerCase()}`,
    'openai-version': API_VERSION,
    'openai-organization': 'org-simulated',
  };
  const exchange = new Exchange(response, headers, service.speed, ({ status, outcome, usage, usageTold }) => {
    service.bill.add(told.model, usage);
    end({ ...told, status, outcome }, usage, usageTold);
  });
  try {
    if (body instanceof ApiError) throw body;
    if (isControl) sendJson(exchange, 200, controlRoute(request, path, bytes, service));
    else if (isCosts) sendJson(exchange, 200, costs(request, service));
    else await serveApi({ request, path, body: bytes, random, exchange, service, told });
  } catch (error) {
    const refusal = error instanceof ApiError ? error : refusalOf('500');
    const close = refusal.status === 413 ? { connection: 'close' } : {};
    sendJson(exchange, refusal.status, refusal.body, { ...refusal.headers, ...close });
  }
}

function costs({ method, url, headers }: IncomingMessage, { bill }: Service): object {
  if (method !== 'GET') throw wrongMethod(method ?? '', COSTS_PATH);
  if (!ADMIN_KEY.test(headers.authorization ?? '')) throw notAuthenticated(undefined);
  const query = new URLSearchParams((url ?? '').split('?')[1] ?? '');
  return costsPage({ bill, now: Math.ceil(Date.now() / 1000) }, query);
}

function pathOf({ url }: IncomingMessage): string {
  const [path = '/'] = (url ?? '/').split('?');
  return path.length > 1 ? path.replace(/\/+$/, '') : path;
}
