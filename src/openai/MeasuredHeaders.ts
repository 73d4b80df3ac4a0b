import { Given } from '../monitor/Given.js';
import type { AttemptLog } from './AttemptLog.js';

/** The headers of an attempt, made anew for each, that `prepareRequest` and `fetch` both get; with where to tell of it. */
export class MeasuredHeaders extends Given {
  #attempts: AttemptLog;

  constructor(headers: Headers, attempts: AttemptLog) {
    super(headers);
    this.#attempts = attempts;
  }

  static set(headers: Headers, attempts: AttemptLog): void {
    if (#attempts in headers) headers.#attempts = attempts;
    else new MeasuredHeaders(headers, attempts);
  }

  static attemptsOf(headers: Headers): AttemptLog | undefined {
    return #attempts in headers ? headers.#attempts : undefined;
  }
}
