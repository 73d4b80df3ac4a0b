import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { IncomingMessage } from 'node:http';
import type { Scenario, Seen } from '../mixed/scenarios.js';

const REQUESTS = 'http.server.request.start';

/** Follows each call by its trace id: how its client saw it end, and whether it reached the upstream in this process. */
export class Followed {
  readonly calls = new Map<string, { readonly scenario: Scenario; readonly seen: Seen }>();
  readonly upstream = new Set<string>();

  constructor() {
    subscribe(REQUESTS, this.#arrived);
  }

  readonly ended = (traceId: string, scenario: Scenario, seen: Seen): void => {
    this.calls.set(traceId, { scenario, seen });
  };

  stop(): void {
    unsubscribe(REQUESTS, this.#arrived);
  }

  readonly #arrived = (message: unknown): void => {
    const request: unknown = Reflect.get(Object(message), 'request');
    if (!(request instanceof IncomingMessage)) return;
    const traceparent = request.headers['traceparent'];
    const traceId = typeof traceparent === 'string' ? traceparent.split('-')[1] : undefined;
    if (traceId !== undefined) this.upstream.add(traceId);
  };
}
