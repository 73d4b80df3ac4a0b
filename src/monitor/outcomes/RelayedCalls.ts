import type { Clock } from '../Clock.js';
import type { AIEvent, EndFields } from '../events.js';
import type { OutcomeJoin } from './OutcomeJoin.js';

/** More calls than several processes have under way at once, so that ends which never come can't grow memory. */
const MAX_UNDER_WAY = 100_000;

/** Joins the calls of another process, whose events tell a call from others by its correlation id alone. */
export class RelayedCalls {
  readonly #underWay = new Map<string, number>();

  constructor(
    private readonly outcomes: OutcomeJoin,
    private readonly clock: Clock,
  ) {}

  see(...[eventName, metrics]: AIEvent): void {
    switch (eventName) {
      case 'ai_request_start':
      case 'ai_stream_start':
        this.#began(metrics.correlationId);
        break;
      case 'ai_request_complete':
      case 'ai_request_error':
      case 'ai_request_aborted':
        this.#ended(metrics, null);
        break;
      case 'ai_stream_complete':
      case 'ai_stream_error':
      case 'ai_stream_aborted':
        this.#ended(metrics, metrics.timeToFirstToken);
        break;
      case 'ai_stream_first_token':
      case 'ai_attempt':
        break;
    }
  }

  #began(correlationId: string): void {
    const nth = this.outcomes.begin(correlationId, this.clock.now());
    if (nth === undefined) return;
    if (this.#underWay.size >= MAX_UNDER_WAY) this.#underWay.clear();
    this.#underWay.set(correlationId, nth);
  }

  #ended(end: EndFields, timeToFirstToken: number | null): void {
    const nth = this.#underWay.get(end.correlationId);
    if (nth === undefined) return;
    this.#underWay.delete(end.correlationId);
    this.outcomes.end(nth, this.outcomes.labelsOf(end, timeToFirstToken));
  }
}
