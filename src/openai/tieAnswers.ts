import { asRecord } from '../call/guards.js';
import { correlationIdOf, tieCorrelationId } from '../monitor/correlationIds.js';
import type { SdkAnswer } from './seam.js';
import { tellOf } from './tellStreams.js';

type ParseAnswer = (client: unknown, answer: SdkAnswer) => Promise<unknown>;
type Request = (...args: unknown[]) => unknown;

/**
 * Ties what the client parses to its call, and has streams tell of their chunks. The methods that this needs are looked
 * for: without them a correlation id is missing, and the bytes of streams are watched instead.
 */
export function tieAnswers(client: object): void {
  if (replace(client, 'parseResponseWithTimeout', tied)) return;
  // Before openai 7 an answer is the value that the response's `json()` brings, which is tied already.
  replace(client, 'request', tellingOf);
}

/** Puts what `make` makes of a method in its place, if there is one. */
function replace(owner: object, name: string, make: (own: never) => unknown): boolean {
  const own: unknown = Reflect.get(owner, name);
  return typeof own === 'function' && Reflect.set(owner, name, make(own.bind(owner) as never));
}

function tied(parse: ParseAnswer): ParseAnswer {
  return async (sdk, answer) => {
    const value = await parse(sdk, answer);
    const correlationId = correlationIdOf(answer.response);
    if (correlationId !== undefined) tieCorrelationId(value, correlationId);
    tellOf(value, answer.response);
    return value;
  };
}

/** The promise of every call comes by here, so its method is replaced by plain assignment, which costs least. */
function tellingOf(request: Request): Request {
  return (...args) => {
    const promise = request(...args);
    const parsing = asRecord(promise);
    const parse = parsing?.['parseResponse'];
    if (parsing !== undefined && typeof parse === 'function') {
      parsing['parseResponse'] = telling(parsing, parse as ParseAnswer);
    }
    return promise;
  };
}

/** Costs an answer that is no stream no turn more. */
function telling(promise: object, parse: ParseAnswer): ParseAnswer {
  return (sdk, answer) => {
    const parsed = parse.call(promise, sdk, answer);
    if (answer.options.stream !== true) return parsed;
    return parsed.then((value) => {
      tellOf(value, answer.response);
      return value;
    });
  };
}
