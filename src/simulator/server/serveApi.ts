import type { IncomingMessage } from 'node:http';
import { unescape } from 'node:querystring';
import { asRecord, asString } from '../../call/guards.js';
import { notAuthenticated, unknownUrl, unreadableJson, wrongMethod, type ApiError } from '../ApiError.js';
import type { Endpoint } from '../api/ApiCall.js';
import { getModel, listModels, MODELS_PATH } from '../api/models.js';
import { effectsOf, type Effects } from '../faults/effects.js';
import { FAULT_HEADER, readFaultHeader } from '../faults/header.js';
import { refusalOf } from '../faults/refusal.js';
import { findModel, type SimulatedModel } from '../models.js';
import type { Random } from '../Random.js';
import { deliverJson, sendJson } from './deliverJson.js';
import { deliverStream } from './deliverStream.js';
import type { Exchange } from './Exchange.js';
import { parseJson } from './parseJson.js';
import { ENDPOINTS, type Service } from './Service.js';

/** What is known of a call for the ledger, filled in as it becomes known. */
export interface Told {
  path: string;
  model: string;
  stream: boolean;
}

export interface ApiExchange {
  readonly request: IncomingMessage;
  readonly path: string;
  readonly body: Buffer;
  readonly random: Random;
  readonly exchange: Exchange;
  readonly service: Service;
  readonly told: Told;
}

/** How long the API takes to refuse a call. */
const REFUSAL_MS = { median: 40, sigma: 0.3 };

/** Answers a call of the API. Throws an ApiError when it is refused. */
export async function serveApi(api: ApiExchange): Promise<void> {
  const { request, path, exchange, service, told } = api;
  const endpoint = ENDPOINTS.find((known) => known.path === path);
  const model = path.startsWith(`${MODELS_PATH}/`) ? unescape(path.slice(MODELS_PATH.length + 1)) : undefined;
  if (endpoint !== undefined || path === MODELS_PATH) told.path = path;
  else if (model !== undefined) told.path = `${MODELS_PATH}/{id}`;
  else throw unknownUrl(request.method ?? 'GET', path);

  requireKey(request);
  if (request.method !== (endpoint === undefined ? 'GET' : 'POST')) throw wrongMethod(request.method ?? 'GET', path);
  if (endpoint !== undefined) await callModel(endpoint, api);
  else sendJson(exchange, 200, model === undefined ? listModels(service.models) : getModel(service.models, model));
}

async function callModel(
  endpoint: Endpoint,
  { request, body, random, exchange, service, told }: ApiExchange,
): Promise<void> {
  const fields = asRecord(parseJson(body));
  if (fields === undefined) throw unreadableJson();
  const { models, limiter, cache, control } = service;
  const model = findModel(models, asString(fields['model']) ?? '');
  told.model = model?.name ?? 'none';
  told.stream = fields['stream'] === true;

  const named = readFaultHeader(
    headerOf(request, FAULT_HEADER),
    Number(headerOf(request, 'x-stainless-retry-count') ?? 0),
  );
  const effects = effectsOf([...named, ...control.draw(told.model, random)]);
  if (effects.silence !== undefined) return keepSilent(effects.silence, exchange);
  if (effects.refusal !== undefined) {
    const delay = effects.slow * random.logNormal(REFUSAL_MS.median, REFUSAL_MS.sigma);
    await exchange.pacer.until(delay);
    throw effects.refusal.withHeaders(limitHeaders(effects.refusal, model, service));
  }

  const created = Math.floor(Date.now() / 1000);
  const reply = endpoint.answer({ body: fields, models, random, effects, cache, created });
  told.model = reply.model.name;
  if (reply.kind === 'json') refuseBroken(effects, endpoint);
  const headers = {
    ...limiter.take(reply.model, reply.usage.prompt),
    'openai-processing-ms': String(Math.round(reply.afterMs / service.speed)),
  };
  if (reply.kind === 'json') await deliverJson(reply, exchange, effects, headers);
  else await deliverStream(reply, exchange, effects, headers);
}

function headerOf({ headers }: IncomingMessage, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' ? value : undefined;
}

/** Any key will do, except that the words `sk-invalid` begin a key that was never given out. */
function requireKey({ headers }: IncomingMessage): void {
  const [scheme, key] = (headers.authorization ?? '').split(' ');
  if (scheme?.toLowerCase() !== 'bearer' || key === undefined || key === '') throw notAuthenticated(undefined);
  if (key.startsWith('sk-invalid')) throw notAuthenticated(key);
}

async function keepSilent(silence: 'timeout' | 'reset', exchange: Exchange): Promise<void> {
  exchange.settle(silence);
  if (silence === 'reset') exchange.reset();
  else await exchange.pacer.untilGone();
}

/** Where requests are said to be too many, the headers say that none is left. */
function limitHeaders(
  refusal: ApiError,
  model: SimulatedModel | undefined,
  { limiter }: Service,
): Record<string, string> {
  if (model === undefined || refusal.fields.code !== 'rate_limit_exceeded') return {};
  return { ...limiter.headers(model), 'x-ratelimit-remaining-requests': '0' };
}

/** Without a stream there is no event to carry an error; only responses have a body that says they failed. */
function refuseBroken({ broken }: Effects, { path }: Endpoint): void {
  if (broken?.kind === 'error_event' || (broken?.kind === 'failed' && path !== '/v1/responses')) throw refusalOf('500');
}
