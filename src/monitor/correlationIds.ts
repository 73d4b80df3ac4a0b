import { asRecord, asString } from '../call/guards.js';
import { Given } from './Given.js';

class Tied extends Given {
  #id: string;

  constructor(object: object, id: string) {
    super(object);
    this.#id = id;
  }

  static set(object: object, id: string): void {
    if (#id in object) object.#id = id;
    else new Tied(object, id);
  }

  static get(object: object): string | undefined {
    return #id in object ? object.#id : undefined;
  }
}

/** The usage of an answer. */
class TiedUsage extends Given {
  #id: string;

  constructor(usage: object, id: string) {
    super(usage);
    this.#id = id;
  }

  static set(usage: object, id: string): void {
    if (#id in usage) usage.#id = id;
    else new TiedUsage(usage, id);
  }

  static get(usage: object): string | undefined {
    return #id in usage ? usage.#id : undefined;
  }
}

const HEADER = 'x-promptmeter-id';

/** Ties what the application gets of a call to the call, without a trace on it. Never throws. */
export function tieCorrelationId(value: unknown, correlationId: string): void {
  const object = asRecord(value);
  if (object === undefined) return;
  try {
    Tied.set(object, correlationId);
    // `parse()` copies an answer, and shares this part of it with the copy.
    const usage = asRecord(object['usage']);
    if (usage !== undefined) TiedUsage.set(usage, correlationId);
  } catch {
    // The application's own object may be frozen, or have getters that throw; then it is tied by itself alone, or not.
  }
}

/** Whether this was tied to this call, and to no other one since. */
export function isTiedTo(value: object, correlationId: string): boolean {
  return Tied.get(value) === correlationId;
}

/**
 * The correlation id of the call that this came from, for `recordOutcome`: an answer, a stream, an error or a response
 * of `monitorOpenAI`, one of the SDK's stream helpers once its request is under way (of several calls the last) and its
 * final answer; of the adapter or of `trackRequest`; or a response of the gateway. Undefined for anything else,
 * copies among them.
 */
export function correlationIdOf(value: unknown): string | undefined {
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
function tiedBy(part: unknown): string | undefined {
  const object = asRecord(part);
  return object === undefined ? undefined : Tied.get(object);
}

function headerOf(headers: unknown): string | undefined {
  const get = asRecord(headers)?.['get'];
  return typeof get === 'function' ? asString(Reflect.apply(get, headers, [HEADER])) : undefined;
}
