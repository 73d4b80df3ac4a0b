import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { COSTS_PATH, costsPage, type BillItem } from '../../src/simulator/index.js';

export type CostItem = BillItem;

export interface CostsEndpointOptions {
  readonly adminKey: string;
  /** What is billed, by the day's beginning in seconds since 1970. Days without anything are billed nothing. */
  readonly bill: ReadonlyMap<number, readonly CostItem[]>;
  /** Days a page, less than asked for, so that there are several. */
  readonly daysAPage?: number;
  /** Answers in place of the bill. */
  readonly instead?: (response: ServerResponse) => void;
}

export interface CostsEndpoint {
  /** Ends in /v1. */
  readonly url: string;
  /** The paths and queries that were asked for. */
  readonly asked: readonly string[];
  close(): Promise<void>;
}

/**
 * OpenAI's organization costs endpoint over HTTP, in the shape of its reference:
 * https://platform.openai.com/docs/api-reference/usage/costs
 */
export async function startCostsEndpoint(options: CostsEndpointOptions): Promise<CostsEndpoint> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    if (options.instead !== undefined) options.instead(response);
    else answer(options, request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    asked,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
}

function answer(options: CostsEndpointOptions, request: IncomingMessage, response: ServerResponse): void {
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost');
  if (pathname !== COSTS_PATH) {
    sendJson(response, 404, { error: { message: 'unknown path', type: 'invalid_request_error', code: 'unknown_url' } });
    return;
  }
  if (request.headers.authorization !== `Bearer ${options.adminKey}`) {
    sendJson(response, 401, { error: { message: 'Incorrect API key', code: 'invalid_api_key' } });
    return;
  }
  sendJson(response, 200, costsPage({ ...options, now: 0 }, searchParams));
}
