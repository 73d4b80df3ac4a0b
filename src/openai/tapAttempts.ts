import { AsyncLocalStorage } from 'node:async_hooks';
import { asRecord } from '../call/guards.js';
import type { OpenCall } from '../monitor/OpenCall.js';
import { AttemptLog } from './AttemptLog.js';
import { cloneClient } from './cloneClient.js';

/** A client whose attempts are told of, and how to say which call they are of. */
export interface TappedClient<T> {
  readonly client: T;
  /** Runs `run`, every attempt of which is one of this call. */
  readonly of: <R>(call: OpenCall | undefined, run: () => Promise<R>) => Promise<R>;
}

/**
 * A client like the one given, of whose calls every HTTP attempt can be told. One that is not the SDK's, or whose
 * methods were replaced by the application, is used as it is, and its attempts stay unknown.
 */
export function tapAttempts<T extends object>(given: T): TappedClient<T> {
  const current = new AsyncLocalStorage<AttemptLog>();
  const client = tapped(given, current);
  return {
    client,
    of: (call, run) => (call === undefined ? run() : current.run(new AttemptLog(call), run)),
  };
}

function tapped<T extends object>(given: T, current: AsyncLocalStorage<AttemptLog>): T {
  if (isReplaced(given)) return given;
  try {
    const clone = cloneClient(given);
    const { fetch } = clone;
    clone.fetch = async (url, init) => {
      const attempts = current.getStore();
      attempts?.began();
      try {
        const response = await fetch(url, init);
        attempts?.answered(response);
        return response;
      } catch (error) {
        attempts?.unanswered(error);
        throw error;
      }
    };
    return clone;
  } catch {
    // No client of the SDK, or one that can't be made a second time.
    return given;
  }
}

/** Whether the application has put a method of its own in place of the SDK's, as tests do; a second client lacks it. */
function isReplaced(client: object): boolean {
  const completions = asRecord(asRecord(asRecord(client)?.['chat'])?.['completions']);
  return completions !== undefined && Object.hasOwn(completions, 'create');
}
