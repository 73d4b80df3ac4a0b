import { isObject, listOf, objectOf, textMapOf, textOf, textsOf } from '../json.js';
import { readExemplars, type Exemplar } from './Exemplar.js';
import type { TimeRange } from './timeRange.js';

export type Labels = Readonly<Record<string, string>>;

/** One series of an answer: its labels and its points, in milliseconds. */
export interface Series {
  readonly labels: Labels;
  readonly points: readonly (readonly [time: number, value: number])[];
}

/** Why there is no answer, as one sentence for the panel. */
export class QueryError extends Error {
  override readonly name = 'QueryError';
}

/** Asks the page's own server, which asks Prometheus. */
export class Prometheus {
  /** @param base Where the query endpoints are, such as `/prometheus/api/v1/`. */
  constructor(private readonly base: string) {}

  async range(query: string, { from, to }: TimeRange, stepMs: number, signal: AbortSignal): Promise<readonly Series[]> {
    const parameters = { query, start: seconds(from), end: seconds(to), step: String(stepMs / 1000) };
    return readSeries(await this.#post('query_range', parameters, signal));
  }

  async instant(query: string, time: number, signal: AbortSignal): Promise<readonly Series[]> {
    return readSeries(await this.#post('query', { query, time: seconds(time) }, signal));
  }

  /** Single calls among what a query looks at; none where Prometheus does not keep them. */
  async exemplars(query: string, { from, to }: TimeRange, signal: AbortSignal): Promise<readonly Exemplar[]> {
    const data = await this.#post('query_exemplars', { query, start: seconds(from), end: seconds(to) }, signal);
    return readExemplars(data);
  }

  async labelValues(
    label: string,
    metric: string,
    { from, to }: TimeRange,
    signal: AbortSignal,
  ): Promise<readonly string[]> {
    const parameters = new URLSearchParams({ start: seconds(from), end: seconds(to) });
    if (metric !== '') parameters.set('match[]', metric);
    const path = `label/${encodeURIComponent(label)}/values?${parameters.toString()}`;
    return textsOf(await this.#data(path, { signal }));
  }

  async labelNames(metric: string, { from, to }: TimeRange, signal: AbortSignal): Promise<readonly string[]> {
    const parameters = { start: seconds(from), end: seconds(to), ...(metric === '' ? {} : { 'match[]': metric }) };
    return textsOf(await this.#post('labels', parameters, signal));
  }

  async #post(path: string, parameters: Readonly<Record<string, string>>, signal: AbortSignal): Promise<unknown> {
    return this.#data(path, { method: 'POST', body: new URLSearchParams(parameters), signal });
  }

  async #data(path: string, init: RequestInit): Promise<unknown> {
    const { status, json } = await answerTo(`${this.base}${path}`, init);
    if (isObject(json) && json['status'] === 'success') return json['data'];
    throw new QueryError(reason(status, json));
  }
}

interface Answer {
  readonly status: number;
  /** Undefined when it is no JSON. */
  readonly json: unknown;
}

/**
 * Chromium breaks off every request when a network of the machine comes or goes, those to the machine itself included.
 * A query only reads, so it is asked again after these waits, in milliseconds.
 */
const AGAIN_AFTER = [250, 1000, 3000];

async function answerTo(url: string, init: RequestInit, waits = AGAIN_AFTER): Promise<Answer> {
  try {
    const answer = await fetch(url, init);
    return { status: answer.status, json: parsed(await answer.text()) };
  } catch (error) {
    if (init.signal?.aborted === true) throw error;
    const [wait, ...rest] = waits;
    if (wait === undefined) {
      throw new QueryError("The preview's own server does not answer; start `promptmeter preview` again.");
    }
    await new Promise((done) => setTimeout(done, wait));
    init.signal?.throwIfAborted();
    return answerTo(url, init, rest);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function reason(status: number, json: unknown): string {
  const { error, errorType } = objectOf(json);
  const said = textOf(error);
  if (said === '') return `Prometheus answered with HTTP ${status} and no reason.`;
  return errorType === 'preview' ? said : `Prometheus: ${said}`;
}

function readSeries(data: unknown): readonly Series[] {
  const { resultType, result } = objectOf(data);
  if (resultType === 'scalar') return [{ labels: {}, points: pointsOf([result]) }];
  return listOf(result)
    .filter(isObject)
    .map((each) => ({
      labels: textMapOf(each['metric']),
      points: pointsOf(each['value'] === undefined ? listOf(each['values']) : [each['value']]),
    }));
}

function pointsOf(values: readonly unknown[]): Series['points'] {
  return values.map((value) => {
    const [time, text] = listOf(value);
    return [Number(time) * 1000, sample(textOf(text))] as const;
  });
}

/** Prometheus writes infinity in its own way. */
function sample(text: string): number {
  if (text === '+Inf') return Infinity;
  return text === '-Inf' ? -Infinity : Number(text);
}

function seconds(ms: number): string {
  return String(ms / 1000);
}
