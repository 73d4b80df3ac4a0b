import type { Attribution } from '../call/call.js';
import { asRecord, asString } from '../call/guards.js';
import type { Operation } from '../call/operation.js';
import { RecentCalls } from './RecentCalls.js';

/** Whom an answer is counted for that is made in the background. */
export interface DeferredAnswer {
  readonly model: string | undefined;
  readonly attribution: Attribution | undefined;
  /** True once its usage was told, so that whoever retrieves it again doesn't count it again. */
  told: boolean;
}

const MAX_ANSWERS = 20_000;

/** Where a response or a batch is retrieved or cancelled. */
const RETRIEVED = /(?:^|\/)(?:responses|batches)\/([^/?#]+)(?:\/cancel)?\/*(?:[?#]|$)/;

/** Where a file's content is retrieved. */
const CONTENT = /(?:^|\/)files\/([^/?#]+)\/content\/*(?:[?#]|$)/;

/** Batches of a list that are looked at; the API gives 100. */
const MAX_LISTED = 1000;

const UNDER_WAY: ReadonlySet<string> = new Set([
  'queued', 'validating', 'in_progress', 'finalizing', 'cancelling',
]); // prettier-ignore

/**
 * The responses in the background and the batches that were begun here. Only these are counted when they are retrieved:
 * of any other it isn't known whether somebody has counted it already.
 */
export class DeferredAnswers {
  readonly #answers = new RecentCalls<DeferredAnswer>(MAX_ANSWERS);
  readonly #outputs = new RecentCalls<DeferredAnswer>(MAX_ANSWERS);

  /** Takes the answer to a call that may have begun one. Says whether usage is still to come. */
  begun(operation: Operation, answer: unknown, by: Pick<DeferredAnswer, 'model' | 'attribution'>): boolean {
    const fields = asRecord(answer);
    const id = asString(fields?.['id']);
    if (id === undefined || !isUnderWay(answer)) return false;
    if (fields?.['object'] !== (operation === 'batches' ? 'batch' : 'response')) return false;
    this.#answers.set(id, { model: by.model, attribution: by.attribution, told: false });
    return true;
  }

  /** The one that a request asks after. */
  askedFor(path: string): DeferredAnswer | undefined {
    const id = RETRIEVED.exec(path)?.[1];
    return id === undefined ? undefined : this.#answers.get(id);
  }

  /** Takes a batch, or a list of them, that may tell where its output is. */
  outputsIn(answer: unknown): void {
    const fields = asRecord(answer);
    const data: unknown = fields?.['data'];
    const batches: unknown[] = Array.isArray(data) ? data.slice(0, MAX_LISTED) : [fields];
    for (const batch of batches.map(asRecord)) {
      const begun = this.#answers.get(asString(batch?.['id']) ?? '');
      const file = asString(batch?.['output_file_id']);
      if (begun !== undefined && file !== undefined && file !== '') this.#outputs.set(file, begun);
    }
  }

  /** The batch whose output a request asks for. */
  outputAskedFor(path: string): DeferredAnswer | undefined {
    const file = CONTENT.exec(path)?.[1];
    return file === undefined ? undefined : this.#outputs.get(file);
  }
}

export function isUnderWay(answer: unknown): boolean {
  return UNDER_WAY.has(asString(asRecord(answer)?.['status']) ?? '');
}

const known = new WeakMap<object, DeferredAnswers>();

/** Those of everything that one monitor measures. */
export function deferredAnswersOf(monitor: object): DeferredAnswers {
  let answers = known.get(monitor);
  if (answers === undefined) {
    answers = new DeferredAnswers();
    known.set(monitor, answers);
  }
  return answers;
}
