import { injectUsage } from './injectUsage.js';
import { parseJson } from './parseJson.js';

/** The JSON text of a request with `stream_options.include_usage` set; anything else is returned as it is. */
export function usageBody(body: unknown): unknown {
  if (typeof body !== 'string') return body;
  const injected = injectUsage(Buffer.from(body), parseJson(body));
  return injected === undefined ? body : injected.toString();
}
