import { asRecord, asString } from '../../call/guards.js';

type Fields = Record<string, unknown>;

/** Members of a message, whole or a delta of it, whose text is billed as output. */
const TEXTS = ['content', 'refusal', 'reasoning_content', 'reasoning'] as const;

/** Deltas of a response that are text of the answer; of reasoning only a summary is shown, which isn't what is billed. */
const TYPED =
  /^response\.(output_text|refusal|function_call_arguments|custom_tool_call_input|reasoning_text|mcp_call_arguments|code_interpreter_call_code)\.delta$/;

/** The text that one event of a stream adds to the answer. */
export function chunkText(event: Fields, name?: string): string {
  const type = asString(event['type']) ?? name;
  if (type !== undefined && TYPED.test(type)) return asString(event['delta']) ?? '';
  if (type === 'response.output_item.added') return nameOf(asRecord(event['item']));
  return choiceTexts(event, 'delta');
}

/** The text of an answer that came whole: of its choices or of its output items. */
export function answerText(answer: unknown): string {
  const fields = asRecord(answer);
  if (fields === undefined) return '';
  return choiceTexts(fields, 'message') + listed(fields['output']).map(itemText).join('');
}

function choiceTexts(fields: Fields, part: 'delta' | 'message'): string {
  return listed(fields['choices'])
    .map((choice) => (asString(choice['text']) ?? '') + messageText(asRecord(choice[part])))
    .join('');
}

function messageText(message: Fields | undefined): string {
  if (message === undefined) return '';
  const texts = TEXTS.map((key) => asString(message[key]) ?? '');
  const calls = [...listed(message['tool_calls']), message].map(callText);
  return [...texts, ...calls].join('');
}

/** Name and arguments of a tool's call; servers bill both. */
function callText(call: Fields): string {
  const called = asRecord(call['function']) ?? asRecord(call['function_call']);
  const custom = asRecord(call['custom']);
  return (
    nameOf(called) + (asString(called?.['arguments']) ?? '') + nameOf(custom) + (asString(custom?.['input']) ?? '')
  );
}

function itemText(item: Fields): string {
  const parts = listed(item['content']).map((part) => asString(part['text']) ?? asString(part['refusal']) ?? '');
  const given = asString(item['arguments']) ?? asString(item['input']) ?? '';
  return parts.join('') + nameOf(item) + given;
}

function nameOf(fields: Fields | undefined): string {
  return asString(fields?.['name']) ?? '';
}

function listed(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value.map((item: unknown) => asRecord(item)).filter((item) => item !== undefined) : [];
}
