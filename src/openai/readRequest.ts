import { asCount, asRecord, asString } from '../call/guards.js';
import type { Operation } from '../call/operation.js';
import { unitsOfRequest } from '../call/readUnits.js';
import type { BilledUnits } from '../call/units.js';

/** What a request's body tells of the call, with nothing of its content. */
export interface RequestFacts {
  /** The model that is asked for, if the body names one. */
  readonly model?: string;
  /** Whether the answer is to be a stream of events. */
  readonly streaming: boolean;
  /** Messages of a chat, input items of a response, texts of an embedding or completion. */
  readonly messageCount?: number;
  /** Whether `stream_options.include_usage` is on. */
  readonly usageRequested: boolean;
  /** How many answers are asked for (`n`), 1 by default. */
  readonly choices: number;
  /** What is asked for beside tokens and billed by itself. */
  readonly units?: BilledUnits;
}

/** Reads a parsed request body or a form; anything may stand in it. Never throws. */
export function readRequest(operation: Operation, body: unknown): RequestFacts {
  const fields = (body instanceof FormData ? formFields(body) : asRecord(body)) ?? {};
  const model = asString(fields['model']);
  const messageCount = countMessages(operation, fields);
  const units = unitsOfRequest(operation, fields);
  const facts: { -readonly [K in keyof RequestFacts]: RequestFacts[K] } = {
    streaming: fields['stream'] === true || fields['stream_format'] === 'sse',
    usageRequested: asRecord(fields['stream_options'])?.['include_usage'] === true,
    // Of none the stream would be whole before it began.
    choices: Math.max(1, asCount(fields['n']) ?? 1),
  };
  if (model !== undefined && model !== '') facts.model = model;
  if (messageCount !== undefined) facts.messageCount = messageCount;
  if (units !== undefined) facts.units = units;
  return facts;
}

/** Whether a stream of this operation tells its usage only when `stream_options.include_usage` asks for it. */
export function usageIsOptional(operation: Operation): boolean {
  return operation === 'chat' || operation === 'completions';
}

function countMessages(operation: Operation, fields: Record<string, unknown>): number | undefined {
  if (operation === 'chat') return countItems(fields['messages']);
  if (operation === 'completions') return countItems(fields['prompt']);
  if (operation === 'responses' || operation === 'embeddings' || operation === 'moderations') {
    return countItems(fields['input']);
  }
  return undefined;
}

/** A form has text where JSON has values. */
function formFields(form: FormData): Record<string, unknown> {
  const n = form.get('n');
  return {
    model: form.get('model'),
    stream: form.get('stream') === 'true',
    size: form.get('size'),
    quality: form.get('quality'),
    n: typeof n === 'string' && /^\d{1,4}$/.test(n) ? Number(n) : undefined,
  };
}

/** An array of token numbers is one text, as a string is. */
function countItems(value: unknown): number | undefined {
  if (typeof value === 'string') return 1;
  if (!Array.isArray(value)) return undefined;
  return typeof value[0] === 'number' ? 1 : value.length;
}
