import type { Operation } from '../call/operation.js';

/** To list or retrieve an answer shows the usage of a call that was counted when it was made. */
const SHOW_USAGE_OF_OTHERS: ReadonlySet<Operation> = new Set(['other', 'batches', 'realtime']);

/** Whether usage in the answer of this operation is the call's own. */
export function countsUsage(operation: Operation): boolean {
  return !SHOW_USAGE_OF_OTHERS.has(operation);
}
