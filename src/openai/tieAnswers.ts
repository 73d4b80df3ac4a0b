import { asRecord } from '../call/guards.js';
import { callTiedTo, tieCorrelationId } from '../monitor/correlationIds.js';
import type { SdkAnswer } from './seam.js';
import { tellOf } from './tellStreams.js';
import { WatchedAnswer } from './WatchedAnswer.js';

type ParseAnswer = (client: unknown, answer: SdkAnswer) => Promise<unknown>;
type Ask = (...args: unknown[]) => unknown;

/**
 * Ties what the client parses to its call, and has it tell of that. The methods that this needs are looked for: without
 * them a correlation id is missing, and what comes of answers is seen by their bytes instead.
 * @returns whether the client may be given a `WatchedAnswer`; openai 7 puts the answer to a retry into the one before it
 */
export function tieAnswers(client: object): boolean {
  if (replace(client, 'parseResponseWithTimeout', tied)) return false;
  return replace(client, 'request', tellingOf);
}

/** Puts what `make` makes of a method in its place, if there is one. */
function replace(owner: object, name: string, make: (own: never) => unknown): boolean {
  const own: unknown = Reflect.get(owner, name);
  return typeof own === 'function' && Reflect.set(owner, name, make(own.bind(owner) as never));
}

function tied(parse: ParseAnswer): ParseAnswer {
  return async (sdk, answer) => {
    const value = await parse(sdk, answer);
    const call = callTiedTo(answer.response);
    if (call !== undefined) tieCorrelationId(value, call);
    tellOf(value, answer.response);
    return value;
  };
}

/** The promise of every call comes by here, so its method is replaced by plain assignment, which costs least. */
function tellingOf(request: Ask): Ask {
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

function telling(promise: object, parse: ParseAnswer): ParseAnswer {
  return (sdk, answer) => {
    const own = (given: SdkAnswer): Promise<unknown> => parse.call(promise, sdk, given);
    return answer instanceof WatchedAnswer ? answer.parsed(own) : own(answer);
  };
}
