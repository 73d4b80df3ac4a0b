import { asRecord } from '../call/guards.js';
import type { Chunk, Completion } from './AIClient.js';

type Choice = Completion['choices'][number];
type ChunkChoice = Chunk['choices'][number];
type ToolCallDelta = NonNullable<ChunkChoice['delta']['tool_calls']>[number];

interface ToolCall {
  id: string;
  name: string;
  arguments: string;
}

interface Answer {
  content: string | null;
  refusal: string | null;
  finishReason: ChunkChoice['finish_reason'];
  readonly toolCalls: Map<number, ToolCall>;
}

/** Puts the chunks of a streamed chat completion together again. */
export class CompletionAssembly {
  readonly #answers = new Map<number, Answer>();
  #head: Pick<Chunk, 'id' | 'created' | 'model'> | undefined;
  #serviceTier: Chunk['service_tier'];
  #usage: Chunk['usage'];

  /** True once every answer that began has told why it ended. */
  get finished(): boolean {
    return this.#answers.size > 0 && [...this.#answers.values()].every(({ finishReason }) => finishReason !== null);
  }

  /** Takes one chunk. Servers leave out much of what the types promise, and none of that may throw. */
  add(chunk: Chunk): void {
    const { id, created, model } = chunk;
    if (this.#head === undefined || this.#head.model === '') this.#head = { id, created, model };
    this.#serviceTier = chunk.service_tier ?? this.#serviceTier;
    this.#usage = chunk.usage ?? this.#usage;
    const { choices }: { choices: unknown } = chunk;
    if (Array.isArray(choices)) choices.filter(isChoice).forEach((choice) => this.#addChoice(choice));
  }

  completion(): Completion {
    const { id = '', created = 0, model = '' } = this.#head ?? {};
    return {
      id,
      object: 'chat.completion',
      created,
      model,
      choices: [...this.#answers].sort(([a], [b]) => a - b).map(([index, answer]) => toChoice(index, answer)),
      ...(this.#serviceTier === undefined ? {} : { service_tier: this.#serviceTier }),
      ...(this.#usage ? { usage: this.#usage } : {}),
    };
  }

  #addChoice({ index, delta, finish_reason: finishReason }: ChunkChoice): void {
    const answer = this.#answers.get(index) ?? {
      content: null,
      refusal: null,
      finishReason: null,
      toolCalls: new Map<number, ToolCall>(),
    };
    this.#answers.set(index, answer);
    if (typeof delta.content === 'string') answer.content = (answer.content ?? '') + delta.content;
    if (typeof delta.refusal === 'string') answer.refusal = (answer.refusal ?? '') + delta.refusal;
    answer.finishReason = finishReason ?? answer.finishReason;
    if (Array.isArray(delta.tool_calls)) delta.tool_calls.forEach((call) => addToolCall(answer.toolCalls, call));
  }
}

function isChoice(value: unknown): value is ChunkChoice {
  const choice = asRecord(value);
  return typeof choice?.['index'] === 'number' && asRecord(choice['delta']) !== undefined;
}

function addToolCall(calls: Map<number, ToolCall>, { index, id, function: called }: ToolCallDelta): void {
  const call = calls.get(index) ?? { id: '', name: '', arguments: '' };
  calls.set(index, call);
  call.id ||= id ?? '';
  call.name += called?.name ?? '';
  call.arguments += called?.arguments ?? '';
}

function toChoice(index: number, { content, refusal, finishReason, toolCalls }: Answer): Choice {
  const calls = [...toolCalls].sort(([a], [b]) => a - b).map(([, { id, ...called }]) => toToolCall(id, called));
  return {
    index,
    message: { role: 'assistant', content, refusal, ...(calls.length > 0 ? { tool_calls: calls } : {}) },
    logprobs: null,
    // The types know no answer without a reason; one that was cut has none, and a made-up one would hide that.
    finish_reason: finishReason as Choice['finish_reason'],
  };
}

function toToolCall(id: string, called: { name: string; arguments: string }) {
  return { id, type: 'function' as const, function: called };
}
