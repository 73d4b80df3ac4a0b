import { asRecord, asString } from '../../call/guards.js';
import { MissingServiceError } from '../../errors.js';
import { request } from './request.js';

/** One series of an answer, at one moment. */
export interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** Asks a Prometheus server, or whatever speaks its query API. */
export class Prometheus {
  constructor(
    private readonly url: string,
    private readonly timeoutSeconds: number,
  ) {}

  /**
   * The result of a query at a moment: no sample where there is no data.
   * @throws MissingServiceError that says why there is no answer and what to do.
   */
  async query(query: string, at: Date): Promise<readonly Sample[]> {
    const hint = 'start it, or name it with --prometheus-url';
    const what = `Prometheus at ${this.url}`;
    const { status, body } = await request({
      url: `${this.url.replace(/\/+$/, '')}/api/v1/query`,
      init: { method: 'POST', body: new URLSearchParams({ query, time: String(at.getTime() / 1000) }) },
      timeoutSeconds: this.timeoutSeconds,
      what,
      hint,
    });
    const answer = asRecord(body);
    const result = asRecord(answer?.['data'])?.['result'];
    if (status !== 200 || !Array.isArray(result)) {
      const why = asString(answer?.['error']);
      throw new MissingServiceError(
        why === undefined
          ? `${what} answers ${status} and not as Prometheus does; ${hint}`
          : `${what} refuses the query (${why}); give it more time or compare fewer days`,
      );
    }
    return result.map(readSample);
  }
}

function readSample(entry: unknown): Sample {
  const series = asRecord(entry);
  const pair: unknown = series?.['value'];
  const labels = Object.entries(asRecord(series?.['metric']) ?? {});
  return {
    labels: Object.fromEntries(labels.map(([label, value]) => [label, String(value)])),
    value: Array.isArray(pair) ? Number(pair[1]) : NaN,
  };
}
