import { asRecord, asString } from '../../call/guards.js';
import type { Operation } from '../../call/operation.js';

export interface PromptText {
  readonly texts: readonly string[];
  /** Tokens that stand for the structure of the messages. */
  readonly overhead: number;
}

/** What a message and the beginning of the answer cost beside their texts. https://cookbook.openai.com/examples/how_to_count_tokens_with_tiktoken */
const PER_MESSAGE = 3;
const PER_NAME = 1;
const PER_ANSWER = 3;

/** The texts that a prompt is made of; undefined when it has parts that text doesn't tell, such as images or files. */
export function promptText(operation: Operation, request: unknown): PromptText | undefined {
  const body = asRecord(request);
  if (body === undefined) return undefined;
  const tools = body['tools'] === undefined ? [] : [JSON.stringify(body['tools'])];
  if (operation === 'chat') return ofMessages(body['messages'], tools);
  if (operation === 'responses') {
    // What an earlier response or a stored prompt adds is billed as well, and isn't here.
    if (typeof body['previous_response_id'] === 'string' || asRecord(body['prompt']) !== undefined) return undefined;
    const instructions = asString(body['instructions']);
    const first = instructions === undefined ? [] : [{ role: 'system', content: instructions }];
    const input = asString(body['input']);
    const rest: unknown = input === undefined ? body['input'] : [{ role: 'user', content: input }];
    return Array.isArray(rest) ? ofMessages([...first, ...(rest as readonly unknown[])], tools) : undefined;
  }
  if (operation === 'completions') return ofTexts(body['prompt']);
  return operation === 'embeddings' ? ofTexts(body['input']) : undefined;
}

function ofTexts(value: unknown): PromptText | undefined {
  const texts: readonly unknown[] = Array.isArray(value) ? value : [value];
  return texts.every((text) => typeof text === 'string') ? { texts, overhead: 0 } : undefined;
}

function ofMessages(messages: unknown, tools: readonly string[]): PromptText | undefined {
  if (!Array.isArray(messages)) return undefined;
  const texts = [...tools];
  let overhead = PER_ANSWER;
  for (const entry of messages) {
    const message = asRecord(entry);
    const content = textsOf(message?.['content'] ?? message?.['output'] ?? '');
    if (message === undefined || content === undefined) return undefined;
    const name = asString(message['name']);
    texts.push(asString(message['role']) ?? '', ...content);
    if (name !== undefined) texts.push(name);
    for (const key of ['tool_calls', 'function_call', 'arguments']) {
      if (message[key] !== undefined && message[key] !== null) texts.push(JSON.stringify(message[key]));
    }
    overhead += PER_MESSAGE + (name === undefined ? 0 : PER_NAME);
  }
  return { texts, overhead };
}

function textsOf(content: unknown): string[] | undefined {
  if (typeof content === 'string') return [content];
  if (!Array.isArray(content)) return undefined;
  const texts = content.map(
    (part: unknown) => asString(asRecord(part)?.['text']) ?? asString(asRecord(part)?.['refusal']),
  );
  return texts.every((text) => text !== undefined) ? texts : undefined;
}
