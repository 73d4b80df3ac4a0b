import type { CallFailure, CallResult } from '../call/call.js';
import { classifyStreamError } from '../call/classifyError.js';
import { finishReason, type FinishReason } from '../call/finishReason.js';
import { asCount, asRecord, asString } from '../call/guards.js';
import { readResult } from '../call/readResult.js';
import { readUsage } from '../call/readUsage.js';
import type { TokenUsage } from '../call/usage.js';
import { DeltaPattern } from './DeltaPattern.js';
import { chunkHasOutput, typedEventHasOutput } from './firstOutput.js';
import { parseJson } from './parseJson.js';
import { readErrorBody } from './readErrorBody.js';
import { isDone, type SseEvent } from './sse.js';

/** Events after which a typed stream is over. */
const LAST_EVENTS: ReadonlySet<string> = new Set([
  'response.completed',
  'response.incomplete',
  'response.failed',
  'response.cancelled',
  'speech.audio.done',
  'transcript.text.done',
  'image_generation.completed',
  'image_edit.completed',
]);

/** More than the API gives (128), so that a broken stream can't grow memory. */
const MAX_CHOICES = 1024;

export interface StreamObserverOptions {
  /** How many answers the request asked for (`n`), 1 by default. */
  readonly choices?: number;
}

/**
 * Watches one stream of chat completions, legacy completions, responses, speech, transcripts or images and knows what
 * its events have told so far. Never throws; what it can't read changes nothing.
 */
export class StreamObserver {
  readonly #choices: number;
  readonly #finished = new Map<number, FinishReason>();
  readonly #seen = new Set<number>();
  #firstOutput = false;
  /** Of the event that was read last, once output is known: another text in it tells nothing new. */
  #lastDelta: DeltaPattern | undefined;
  /** Of the answer that the last chunk was of. */
  #lastIndex: number | undefined;
  #ended = false;
  #malformed = false;
  #failure: CallFailure | undefined;
  #usage: TokenUsage | undefined;
  #responseModel: string | undefined;
  #serviceTier: string | undefined;
  #finishReasons: readonly FinishReason[] = [];

  constructor({ choices = 1 }: StreamObserverOptions = {}) {
    this.#choices = choices;
  }

  /** True once output came: a delta of text, tool arguments, refusal, reasoning, audio or image. */
  get firstOutput(): boolean {
    return this.#firstOutput;
  }

  /** True once the stream has told that it is whole: `[DONE]`, its last event, or every choice's finish reason. */
  get finished(): boolean {
    return this.#ended || (this.#finished.size >= this.#choices && this.#finished.size === this.#seen.size);
  }

  /** True once the stream has told its end, and not only every answer's: no usage can come after that. */
  get ended(): boolean {
    return this.#ended;
  }

  /** True once an event's data was not JSON, on which every client of the API gives up. */
  get malformed(): boolean {
    return this.#malformed;
  }

  /** Why the stream says that the call failed, if it says so. */
  get failure(): CallFailure | undefined {
    return this.#failure;
  }

  /** What is known of the answer by now. */
  result(): CallResult {
    const ofChoices = [...this.#finished].sort(([a], [b]) => a - b).map(([, reason]) => reason);
    return {
      usage: this.#usage,
      responseModel: this.#responseModel,
      serviceTier: this.#serviceTier,
      finishReasons: ofChoices.length > 0 ? ofChoices : this.#finishReasons,
    };
  }

  /** Whether these bytes are an event like the last one, but for the text in it. */
  isKnown(bytes: Uint8Array): boolean {
    return this.#lastDelta?.matches(bytes) === true;
  }

  /** Index behind all events from the first byte on that are like the last one, but for the text in them. */
  knownUpTo(bytes: Uint8Array): number {
    const pattern = this.#lastDelta;
    let at = 0;
    for (let end = 0; pattern !== undefined && end !== -1; end = pattern.endOf(bytes, at)) at = end;
    return at;
  }

  observe(sse: SseEvent): void {
    if (this.isKnown(sse.raw)) return;
    const { data, event, unfinished } = sse;
    if (data === '' || (unfinished && isCut(data))) return;
    if (isDone(data)) this.#ended = true;
    else if (!this.#canSkip(event)) {
      const value = parseJson(data);
      this.#read(value, event);
      this.#lastDelta = this.#firstOutput && value !== undefined ? DeltaPattern.of(sse.raw, data) : undefined;
    }
  }

  /** Takes what a client has parsed of an event. */
  observeChunk(value: unknown): void {
    if (!this.#isPlain(value)) this.#read(value);
  }

  /** Whether a parsed event tells nothing new: output is known, and it is but a further text of the last answer. */
  #isPlain(value: unknown): boolean {
    const chunk = asRecord(value);
    if (chunk === undefined || !this.#firstOutput || isSomething(chunk['error'])) return false;
    const { type, choices } = chunk;
    if (type !== undefined) return typeof type === 'string' && this.#canSkip(type);
    const isSameAnswer =
      chunk['model'] === this.#responseModel && (chunk['service_tier'] ?? undefined) === this.#serviceTier;
    if (!isSameAnswer || isSomething(chunk['usage']) || !Array.isArray(choices) || choices.length !== 1) return false;
    const choice = asRecord(choices[0]);
    return choice?.['index'] === this.#lastIndex && !isSomething(choice?.['finish_reason']);
  }

  /** Once output is known, a further delta of a typed stream tells nothing new and need not be parsed. */
  #canSkip(event: string | undefined): boolean {
    return this.#firstOutput && event !== undefined && (event.endsWith('.delta') || event.endsWith('.partial_image'));
  }

  #read(value: unknown, event?: string): void {
    if (value === undefined) this.#malformed = true;
    const fields = asRecord(value);
    if (fields === undefined) {
      if (event === 'error') this.#fail({});
      return;
    }
    const type = asString(fields['type']);
    const hasError = fields['error'] !== undefined && fields['error'] !== null;
    if (event === 'error' || type === 'error' || (hasError && fields['object'] !== 'response')) this.#fail(fields);
    else if (type !== undefined) this.#readTyped(type, fields);
    else this.#readChunk(fields);
  }

  #readTyped(type: string, fields: Record<string, unknown>): void {
    if (typedEventHasOutput(type, fields)) this.#firstOutput = true;
    const response = asRecord(fields['response']);
    this.#note(readResult(response ?? fields));
    if (!LAST_EVENTS.has(type)) return;
    this.#ended = true;
    if (type === 'response.failed') this.#fail({ error: response?.['error'] });
  }

  #readChunk(chunk: Record<string, unknown>): void {
    if (!this.#firstOutput && chunkHasOutput(chunk)) this.#firstOutput = true;
    this.#note({
      usage: readUsage(chunk['usage']),
      responseModel: asString(chunk['model']),
      serviceTier: asString(chunk['service_tier']),
    });
    const { choices } = chunk;
    if (Array.isArray(choices)) choices.forEach((choice: unknown) => this.#readChoice(asRecord(choice)));
  }

  #readChoice(choice: Record<string, unknown> | undefined): void {
    const index = asCount(choice?.['index']) ?? 0;
    if (choice === undefined || this.#seen.size >= MAX_CHOICES) return;
    this.#seen.add(index);
    this.#lastIndex = index;
    const reason = asString(choice['finish_reason']);
    if (reason !== undefined && reason !== '') this.#finished.set(index, finishReason(reason));
  }

  #note({ usage, responseModel, serviceTier, finishReasons = [] }: CallResult): void {
    if (usage !== undefined) this.#usage = usage;
    if (responseModel !== undefined && responseModel !== '') this.#responseModel = responseModel;
    if (serviceTier !== undefined) this.#serviceTier = serviceTier;
    if (finishReasons.length > 0) this.#finishReasons = finishReasons;
  }

  #fail(body: unknown): void {
    const { code, type } = readErrorBody(body);
    this.#failure ??= { errorType: classifyStreamError(code, type) };
  }
}

const isSomething = (value: unknown): boolean => value !== undefined && value !== null;

/** Half an event that a stream was cut in says nothing, not even that it is malformed. */
function isCut(data: string): boolean {
  return !isDone(data) && parseJson(data) === undefined;
}

/** Whether an event is the extra chunk that `stream_options.include_usage` brings: usage, and no choices. */
export function isUsageOnly({ data }: SseEvent): boolean {
  if (!data.includes('"usage"') || !/"choices"\s*:\s*\[\s*\]/.test(data)) return false;
  return isUsageOnlyChunk(parseJson(data));
}

/** The same of a chunk that is parsed already. */
export function isUsageOnlyChunk(chunk: unknown): boolean {
  const fields = asRecord(chunk);
  const choices = fields?.['choices'];
  return Array.isArray(choices) && choices.length === 0 && asRecord(fields?.['usage']) !== undefined;
}
