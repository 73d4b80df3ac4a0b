import { correlationIdOf, tieCorrelationId } from '../monitor/correlationIds.js';
import type { SdkAnswer } from './seam.js';

type ParseAnswer = (client: unknown, answer: SdkAnswer) => Promise<unknown>;

/**
 * Ties what openai 7 parses to its call. Older ones hand on the value that the response's `json()` brings, which is
 * tied already, and lack the method. Without it only the correlation id is missing, so that it need not be there.
 */
export function tieAnswers(client: object): void {
  const found: unknown = Reflect.get(client, 'parseResponseWithTimeout');
  if (typeof found !== 'function') return;
  const parse: ParseAnswer = async (sdk, answer) => {
    const value: unknown = await Reflect.apply(found, client, [sdk, answer]);
    const correlationId = correlationIdOf(answer.response);
    if (correlationId !== undefined) tieCorrelationId(value, correlationId);
    return value;
  };
  Reflect.set(client, 'parseResponseWithTimeout', parse);
}
