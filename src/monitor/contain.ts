export type FailureReason = 'threw' | 'rejected';

/**
 * Runs what must not break a measured call. What it throws, or rejects with when it returned a promise, goes to
 * `onFailure` and no further; so does what `onFailure` throws, to nobody.
 */
export function contain(run: () => unknown, onFailure: OnFailure = ignore): void {
  try {
    const returned = run();
    if (isThenable(returned)) returned.then(undefined, (error: unknown) => tell(onFailure, 'rejected', error));
  } catch (error) {
    tell(onFailure, 'threw', error);
  }
}

type OnFailure = (reason: FailureReason, error: unknown) => void;

function tell(onFailure: OnFailure, reason: FailureReason, error: unknown): void {
  try {
    onFailure(reason, error);
  } catch {
    // There is nobody left to tell.
  }
}

const ignore = (): void => undefined;

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}
