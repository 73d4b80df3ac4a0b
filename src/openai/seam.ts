import { asRecord } from '../call/guards.js';
import { UnsupportedClientError } from '../errors.js';

/** The options of one request as the SDK hands them around: the same object for every attempt of a call. */
export interface SdkRequest {
  readonly method?: string;
  readonly path?: string;
  readonly body?: unknown;
  readonly stream?: boolean;
  readonly signal?: AbortSignal | null;
}

/** What the SDK knows once the headers of a good answer are there. */
export interface SdkAnswer {
  readonly response: Response;
  readonly options: SdkRequest;
  readonly controller: AbortController;
  /** What the SDK logs of it. */
  readonly requestLogID?: unknown;
  readonly retryOfRequestLogID?: unknown;
  readonly startTime?: unknown;
}

/** `fetch` and its init, on which the SDK puts what `prepareRequest` left on the request. */
export type SdkFetch = (url: string | URL | Request, init?: RequestInit) => Promise<Response>;

/** The request under way, before `fetch` gets it. */
export type SdkFetchInit = Record<PropertyKey, unknown>;

/**
 * The places of an OpenAI client through which every call goes. They are the same in openai 5, 6 and 7, where
 * `prepareRequest` is meant for subclasses and the other two are internal, so their presence is checked.
 */
export interface SeamClient {
  fetch: SdkFetch;
  withOptions(options: object): unknown;
  prepareRequest(request: SdkFetchInit, context: { url: string; options: SdkRequest }): Promise<void>;
  /** One call with all of its attempts: the later ones come back here with the log id of the first. */
  makeRequest(
    options: SdkRequest | Promise<SdkRequest>,
    retriesRemaining: number | null,
    retryOf: string | undefined,
  ): Promise<SdkAnswer>;
  /** Waits and makes the next attempt. openai 7 calls it for a body that does not come in time, too. */
  retryRequest(options: SdkRequest, ...rest: unknown[]): Promise<SdkAnswer>;
}

const METHODS = ['fetch', 'withOptions', 'prepareRequest', 'makeRequest', 'retryRequest'] as const;

/** @throws UnsupportedClientError naming what the client lacks. */
export function assertSeam(client: unknown): asserts client is SeamClient {
  const fields = asRecord(client) ?? {};
  const missing = METHODS.find((method) => typeof fields[method] !== 'function');
  if (missing !== undefined) throw new UnsupportedClientError(missing);
}
