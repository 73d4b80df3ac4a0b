import type { Bytes } from './streamWays.js';

/** A response that is made to read a watched body by: from here on it is the body that the application has to drop. */
export function responseOver(body: Bytes, { headers }: Response): Response {
  const type = headers.get('content-type');
  return new Response(body, type === null ? {} : { headers: { 'content-type': type } });
}

/** A copy made by way of a watched body, which has to be given what a new response does not know. */
export function copyOf(inner: Response, { url, redirected, type, status, statusText, headers }: Response): Response {
  const copy = new Response(inner.clone().body, { status, statusText, headers });
  for (const [name, value] of Object.entries({ url, redirected, type })) {
    Object.defineProperty(copy, name, { value, configurable: true });
  }
  return copy;
}
