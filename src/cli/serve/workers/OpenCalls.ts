import { lostCall, type CallStart } from '../../../monitor/lostCall.js';
import type { AIEvent } from '../../../monitor/events.js';

/** The calls of one worker that have begun and not ended. */
export class OpenCalls {
  readonly #started = new Map<string, CallStart>();

  see(...event: AIEvent): void {
    const [name, { correlationId }] = event;
    if (name === 'ai_request_start' || name === 'ai_stream_start') this.#started.set(correlationId, event);
    else if (name !== 'ai_attempt' && name !== 'ai_stream_first_token') this.#started.delete(correlationId);
  }

  /** The ends of all that is open, for a worker that can't tell them any more. Leaves none open. */
  lost(): AIEvent[] {
    const ends = [...this.#started.values()].map((start) => lostCall(start, Date.now()));
    this.#started.clear();
    return ends;
  }
}
