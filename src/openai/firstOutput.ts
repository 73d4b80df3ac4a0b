import { asRecord } from '../call/guards.js';

/** Fields of a chat delta that are text. The last two are how other servers name what the model reasons. */
const DELTA_TEXTS = ['content', 'refusal', 'reasoning_content', 'reasoning'] as const;

/** Whether a chunk of a chat or legacy completion carries output; a role, an id or a tool's name alone is none. */
export function chunkHasOutput(chunk: Record<string, unknown>): boolean {
  const { choices } = chunk;
  return Array.isArray(choices) && choices.some((choice: unknown) => choiceHasOutput(asRecord(choice)));
}

/** Whether an event of the responses API, or of streamed speech, transcripts or images, carries output. */
export function typedEventHasOutput(type: string, event: Record<string, unknown>): boolean {
  if (type.endsWith('.delta')) return isText(event['delta']) || isText(event['audio']);
  return type.endsWith('.partial_image');
}

function choiceHasOutput(choice: Record<string, unknown> | undefined): boolean {
  if (choice === undefined) return false;
  const delta = asRecord(choice['delta']);
  return isText(choice['text']) || (delta !== undefined && deltaHasOutput(delta));
}

function deltaHasOutput(delta: Record<string, unknown>): boolean {
  if (DELTA_TEXTS.some((field) => isText(delta[field]))) return true;
  const audio = asRecord(delta['audio']);
  if (isText(audio?.['data']) || isText(audio?.['transcript'])) return true;
  if (isText(asRecord(delta['function_call'])?.['arguments'])) return true;
  const calls = delta['tool_calls'];
  return Array.isArray(calls) && calls.some((call: unknown) => toolCallHasOutput(asRecord(call)));
}

function toolCallHasOutput(call: Record<string, unknown> | undefined): boolean {
  return isText(asRecord(call?.['function'])?.['arguments']) || isText(asRecord(call?.['custom'])?.['input']);
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}
