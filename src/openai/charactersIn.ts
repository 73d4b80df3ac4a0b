import { asRecord } from '../call/guards.js';

/** How many characters of text messages hold, in `content` and its text parts: a size for logs, and nothing else. */
export function charactersIn(messages: unknown): number {
  if (!Array.isArray(messages)) return 0;
  return messages.reduce((sum: number, message: unknown) => sum + lengthOf(asRecord(message)?.['content']), 0);
}

function lengthOf(content: unknown): number {
  if (typeof content === 'string') return content.length;
  if (!Array.isArray(content)) return 0;
  return content.reduce((sum: number, part: unknown) => sum + lengthOf(asRecord(part)?.['text']), 0);
}
