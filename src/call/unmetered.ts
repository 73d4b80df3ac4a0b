import type { Operation } from './operation.js';

/** What is known of a call whose usage the API did not tell. Held only until it is counted, and never written anywhere. */
export interface Unmetered {
  readonly operation: Operation;
  readonly model: string;
  /** The parsed body of the request. */
  readonly request: unknown;
  /** The text that was answered before the call ended: all choices, tool arguments and reasoning included. */
  readonly answered: string;
}
