import type { CallFailure, CallResult } from '../call/call.js';
import { classifyStreamError } from '../call/classifyError.js';
import { finishReason, type FinishReason } from '../call/finishReason.js';
import { asRecord, asString } from '../call/guards.js';
import { readResult } from '../call/readResult.js';
import { unitsOfAnswer } from '../call/readUnits.js';
import { readUsage } from '../call/readUsage.js';
import type { UsageMissingReason } from '../call/usage.js';
import { readErrorBody } from './readErrorBody.js';

/** What one answer within a session told. */
export interface SessionPart {
  readonly result: CallResult;
  /** Why its usage is unknown, where it should be known. */
  readonly missing?: UsageMissingReason | undefined;
  /** True for what is billed beside the session's own model: a transcript of what the user said. */
  readonly aside?: boolean;
}

/** Realtime ends a response with the first of these, responses over a WebSocket with one of the others. */
const RESPONSE_ENDS: ReadonlySet<string> = new Set([
  'response.done',
  'response.completed',
  'response.incomplete',
  'response.failed',
  'response.cancelled',
]);

const TRANSCRIBED = 'conversation.item.input_audio_transcription.completed';

/** Events that tell something; all others need not be read. */
const TELLING: ReadonlySet<string> = new Set([
  ...RESPONSE_ENDS,
  TRANSCRIBED,
  'session.created',
  'session.updated',
  'response.created',
  'error',
]);

/** Responses that go on at the same time; more than any session has. */
const MAX_PENDING = 1000;

/** Watches the events that the API sends in a session over a WebSocket: realtime, or one response after another. */
export class SessionObserver {
  readonly #pending = new Set<string>();
  #model: string | undefined;
  #transcriptionModel: string | undefined;
  #failure: CallFailure | undefined;

  /** Whether an event of this type is worth being read. */
  static tells(type: string): boolean {
    return TELLING.has(type);
  }

  /** The model that the session says it has. */
  get model(): string | undefined {
    return this.#model;
  }

  /** Whether a response has begun and not ended, so that its usage is not known. */
  get pending(): boolean {
    return this.#pending.size > 0;
  }

  /** What the last event said, if it was an error: of a session that ends with it, why. */
  get failure(): CallFailure | undefined {
    return this.#failure;
  }

  /** An event came that need not be read. */
  other(): void {
    this.#failure = undefined;
  }

  /** Takes an event, and returns what counts of it. Never throws. */
  observe(event: unknown): SessionPart | undefined {
    const fields = asRecord(event);
    const type = asString(fields?.['type']);
    this.#failure = undefined;
    if (fields === undefined || type === undefined) return undefined;
    if (type === 'error') {
      const { code, type: kind } = readErrorBody(fields);
      this.#failure = { errorType: classifyStreamError(code, kind) };
    } else if (type === 'session.created' || type === 'session.updated') {
      this.#readSession(asRecord(fields['session']));
    } else if (type === 'response.created') {
      const id = asString(asRecord(fields['response'])?.['id']);
      if (id !== undefined && this.#pending.size < MAX_PENDING) this.#pending.add(id);
    } else if (RESPONSE_ENDS.has(type)) {
      return this.#readResponse(asRecord(fields['response']) ?? {});
    } else if (type === TRANSCRIBED) {
      const usage = readUsage(fields['usage']);
      const units = unitsOfAnswer({ usage: fields['usage'] });
      const told = usage !== undefined || units !== undefined;
      return told ? { result: { usage, units, responseModel: this.#transcriptionModel }, aside: true } : undefined;
    }
    return undefined;
  }

  #readSession(session: Record<string, unknown> | undefined): void {
    this.#model = asString(session?.['model']) ?? this.#model;
    const input = asRecord(asRecord(session?.['audio'])?.['input']);
    const transcription = asRecord(input?.['transcription']) ?? asRecord(session?.['input_audio_transcription']);
    this.#transcriptionModel = asString(transcription?.['model']) ?? this.#transcriptionModel;
  }

  #readResponse(response: Record<string, unknown>): SessionPart {
    const { status } = response;
    this.#pending.delete(asString(response['id']) ?? '');
    const isRealtime = response['object'] !== 'response';
    const read = readResult(response);
    const result = isRealtime ? { ...read, finishReasons: realtimeFinish(response) } : read;
    const known = { ...result, responseModel: result.responseModel ?? this.#model };
    const missing = result.usage === undefined && status !== 'failed' ? 'not_sent' : undefined;
    return { result: known, missing };
  }
}

/** Why a response of realtime ended; one that the user interrupted has no reason of the model's. */
function realtimeFinish({ status, status_details: details, output }: Record<string, unknown>): FinishReason[] {
  if (status === 'incomplete') return [finishReason(asString(asRecord(details)?.['reason']) ?? 'other')];
  if (status !== 'completed') return [];
  const calls = Array.isArray(output) && output.some((item: unknown) => asRecord(item)?.['type'] === 'function_call');
  return [calls ? 'tool_calls' : 'stop'];
}
