import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AllowedEndpoint } from './endpoints.js';
import type { ProxyLimits } from './PreviewOptions.js';
import { readBody } from './readBody.js';
import { sendJson } from './send.js';
import { Slots } from '../access/Slots.js';

/** Passes a page's queries on to one Prometheus, and nothing else, within bounds. */
export class PrometheusProxy {
  readonly #base: string;
  readonly #authorization: string | undefined;
  readonly #slots: Slots;

  constructor(
    prometheusUrl: string,
    private readonly limits: ProxyLimits,
  ) {
    const url = new URL(prometheusUrl);
    if (url.username !== '') {
      const user = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
      this.#authorization = `Basic ${Buffer.from(user).toString('base64')}`;
    }
    this.#base = `${url.origin}${url.pathname.replace(/\/+$/, '')}/api/v1/`;
    this.#slots = new Slots(limits.concurrent, limits.waiting);
  }

  /** Answers with what Prometheus answers, or in the same JSON shape with one sentence on why there is no answer. */
  async answer(
    req: IncomingMessage,
    res: ServerResponse,
    endpoint: AllowedEndpoint,
    search: URLSearchParams,
  ): Promise<void> {
    const given = req.method === 'POST' ? await this.#form(req) : search;
    if (given === undefined) {
      req.pause();
      refuse(res, 413, `the query has more than ${this.limits.requestBytes} bytes; shorten it`);
      return;
    }
    const left = new AbortController();
    const timeout = AbortSignal.timeout(this.limits.timeoutMs);
    const signal = AbortSignal.any([left.signal, timeout]);
    res.once('close', () => {
      left.abort();
    });

    if (!(await this.#slots.enter(signal))) {
      if (timeout.aborted) this.#tooSlow(res);
      else refuse(res, 503, 'too many queries wait for Prometheus; reload in a moment or show a shorter time range');
      return;
    }
    try {
      await this.#fetch(res, endpoint, given, signal);
    } catch {
      if (left.signal.aborted) return;
      if (timeout.aborted) this.#tooSlow(res);
      else
        refuse(res, 502, `Prometheus can't be reached at ${new URL(this.#base).origin}; start it or give its address`);
    } finally {
      this.#slots.leave();
    }
  }

  #tooSlow(res: ServerResponse): void {
    refuse(res, 504, `Prometheus did not answer within ${this.limits.timeoutMs / 1000} s; show a shorter time range`);
  }

  async #form(req: IncomingMessage): Promise<URLSearchParams | undefined> {
    const body = await readBody(req, this.limits.requestBytes);
    return body && new URLSearchParams(body.toString('utf8'));
  }

  async #fetch(
    res: ServerResponse,
    { path, parameters }: AllowedEndpoint,
    given: URLSearchParams,
    signal: AbortSignal,
  ): Promise<void> {
    const form = new URLSearchParams([...given].filter(([name]) => parameters.includes(name)));
    const isQuery = path.startsWith('query');
    if (isQuery) form.set('timeout', `${this.limits.timeoutMs}ms`);
    const answer = await fetch(isQuery ? `${this.#base}${path}` : `${this.#base}${path}?${form.toString()}`, {
      method: isQuery ? 'POST' : 'GET',
      ...(isQuery ? { body: form } : {}),
      headers: this.#authorization === undefined ? {} : { authorization: this.#authorization },
      // A redirect could lead anywhere.
      redirect: 'error',
      signal,
    });
    const body = answer.body === null ? Buffer.alloc(0) : await readBody(answer.body, this.limits.answerBytes);
    if (body === undefined) {
      refuse(res, 502, 'Prometheus answered with more than a page can show; add a filter or show a shorter time range');
    } else if (!(answer.headers.get('content-type') ?? '').startsWith('application/json')) {
      refuse(res, 502, `what answers at ${new URL(this.#base).origin} is no Prometheus (HTTP ${answer.status})`);
    } else {
      sendJson(res, answer.status, body);
    }
  }
}

function refuse(res: ServerResponse, status: number, error: string): void {
  if (res.headersSent || res.destroyed) return;
  sendJson(res, status, JSON.stringify({ status: 'error', errorType: 'preview', error }));
}
