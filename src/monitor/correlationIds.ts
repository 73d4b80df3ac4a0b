import { asRecord, asString } from '../call/guards.js';
import type { Identified } from './CallIdentity.js';
import { Given } from './Given.js';

class Tied extends Given {
  #call: Identified;

  constructor(object: object, call: Identified) {
    super(object);
    this.#call = call;
  }

  static set(object: object, call: Identified): void {
    if (#call in object) object.#call = call;
    else new Tied(object, call);
  }

  static get(object: object): Identified | undefined {
    return #call in object ? object.#call : undefined;
  }
}

/** The usage of an answer. */
class TiedUsage extends Given {
  #call: Identified;

  constructor(usage: object, call: Identified) {
    super(usage);
    this.#call = call;
  }

  static set(usage: object, call: Identified): void {
    if (#call in usage) usage.#call = call;
    else new TiedUsage(usage, call);
  }

  static get(usage: object): Identified | undefined {
    return #call in usage ? usage.#call : undefined;
  }
}

const HEADER = 'x-promptmeter-id';

/** Ties what the application gets of a call to the call, without a trace on it. Never throws. */
export function tieCorrelationId(value: unknown, call: Identified): void {
  const object = asRecord(value);
  if (object === undefined) return;
  try {
    Tied.set(object, call);
    // `parse()` copies an answer, and shares this part of it with the copy.
    const usage = asRecord(object['usage']);
    if (usage !== undefined) TiedUsage.set(usage, call);
  } catch {
    // The application's own object may be frozen, or have getters that throw; then it is tied by itself alone, or not.
  }
}

/** Whether this was tied to this call, and to no other one since. */
export function isTiedTo(value: object, call: Identified): boolean {
  return Tied.get(value) === call;
}

/**
 * The correlation id of the call that this came from, for `recordOutcome`: an answer, a stream, an error or a response
 * of `monitorOpenAI`, one of the SDK's stream helpers once its request is under way (of several calls the last) and its
 * final answer; of the adapter or of `trackRequest`; or a response of the gateway. Undefined for anything else,
 * copies among them.
 */
export function correlationIdOf(value: unknown): string | undefined {
  return callTiedTo(value)?.correlationId;
}

/** The call of the same things, without its correlation id being made. */
export function callTiedTo(value: unknown): Identified | undefined {
  const object = asRecord(value);
  if (object === undefined) return undefined;
  const usage = asRecord(object['usage']);
  return (
    Tied.get(object) ??
    (usage === undefined ? undefined : TiedUsage.get(usage)) ??
    tiedBy(object['controller']) ??
    tiedBy(asRecord(object['controller'])?.['signal']) ??
    headerOf(object['headers'])
  );
}

/** The SDK makes an answer's stream anew, with the controller of the attempt that brought it. */
function tiedBy(part: unknown): Identified | undefined {
  const object = asRecord(part);
  return object === undefined ? undefined : Tied.get(object);
}

function headerOf(headers: unknown): Identified | undefined {
  const get = asRecord(headers)?.['get'];
  const correlationId = typeof get === 'function' ? asString(Reflect.apply(get, headers, [HEADER])) : undefined;
  return correlationId === undefined ? undefined : { correlationId };
}
