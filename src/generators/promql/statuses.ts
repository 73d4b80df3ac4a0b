import { noneOf, oneOf } from './match.js';

/** Calls that gave what was asked for. */
export const SUCCEEDED = oneOf(['success', 'success_stream']);

/** Calls that failed. */
export const FAILED = oneOf(['error', 'error_stream']);

/**
 * All but the calls that the caller itself broke off. An abort says nothing of the API: counted as an error, a user
 * who closes a tab would page someone; counted as a call, many of them would hide an outage.
 */
export const NOT_ABORTED = noneOf(['aborted', 'aborted_stream']);
