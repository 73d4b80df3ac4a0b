/** How a call ended. */
export type Outcome = 'success' | 'error' | 'aborted';

/** The `status` label: the outcome, with `_stream` behind it for streams. */
export const CALL_STATUSES = [
  'success',
  'error',
  'aborted',
  'success_stream',
  'error_stream',
  'aborted_stream',
] as const;

export type CallStatus = (typeof CALL_STATUSES)[number];

export function callStatus(outcome: Outcome, streaming: boolean): CallStatus {
  return streaming ? `${outcome}_stream` : outcome;
}
