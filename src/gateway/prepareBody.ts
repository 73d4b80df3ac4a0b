import type { Operation } from '../call/operation.js';
import { injectUsage } from '../openai/injectUsage.js';
import { parseJson } from '../openai/parseJson.js';
import { readRequest, usageIsOptional, type RequestFacts } from '../openai/readRequest.js';

/** Operations whose request is JSON that tells of the call. */
const TELL_OF_THE_CALL: ReadonlySet<Operation> = new Set([
  'chat',
  'responses',
  'completions',
  'embeddings',
  'images',
  'speech',
  'moderations',
]);

export interface PreparedBody {
  readonly facts: RequestFacts;
  readonly bytes: Buffer;
  /** Whether usage was asked for in place of the client, so that it must be taken out of the answer. */
  readonly injected: boolean;
  /** The value of its JSON; undefined when it is none. */
  readonly parsed: unknown;
}

export const NO_FACTS: RequestFacts = { streaming: false, usageRequested: false, choices: 1 };

export function tellsOfTheCall(operation: Operation): boolean {
  return TELL_OF_THE_CALL.has(operation);
}

/** Reads what a body tells and asks for usage where it should. A body that is no JSON stays as it is. */
export function prepareBody(operation: Operation, bytes: Buffer, usageInStreams: boolean): PreparedBody {
  const parsed = parseJson(bytes.toString('utf8'));
  const facts = readRequest(operation, parsed);
  const wanted = usageInStreams && facts.streaming && !facts.usageRequested && usageIsOptional(operation);
  const asking = wanted ? injectUsage(bytes, parsed) : undefined;
  return { facts, bytes: asking ?? bytes, injected: asking !== undefined, parsed };
}
