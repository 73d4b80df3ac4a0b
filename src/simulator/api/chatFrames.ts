import type { Answer } from './answer.js';
import type { ApiCall, Frame } from './ApiCall.js';
import { finishReason, type ChatHead } from './chatHead.js';
import type { ChatRequest } from './chatRequest.js';
import { dataFrame } from './sse.js';
import { usageOfCompletion } from './usage.js';

/** The role comes a little before the first word, and is no token. */
const ROLE_AT = 0.9;
const LONGEST_PADDING = 15;

/**
 * The events of a streamed chat completion: a chunk with the role only, one for each token, one with the finish reason
 * for each choice, one with the usage when it was asked for, `[DONE]`.
 */
export function* chatFrames(asked: ChatRequest, answer: Answer, head: ChatHead, call: ApiCall): Generator<Frame> {
  const { tool, includeUsage } = asked;
  const { choices, totalMs } = answer;
  const chunk = (parts: Record<string, unknown>): string =>
    dataFrame({ ...head, object: 'chat.completion.chunk', ...parts, ...(includeUsage && { usage: null }) });
  // Every chunk is padded to an uneven length unless the caller declines, so that sizes on the wire tell nothing.
  const padding = (): Record<string, string> =>
    asked.obfuscation ? { obfuscation: call.random.id(call.random.int(1, LONGEST_PADDING)) } : {};
  const delta = (index: number, fields: Record<string, unknown>, finish: string | null = null): string =>
    chunk({ choices: [{ index, delta: fields, logprobs: null, finish_reason: finish }], ...padding() });

  for (const index of choices.keys()) {
    const start =
      tool === undefined
        ? { content: '' }
        : {
            content: null,
            tool_calls: [
              {
                index: 0,
                id: `call_${call.random.id(24)}`,
                type: 'function',
                function: { name: tool.name, arguments: '' },
              },
            ],
          };
    const text = delta(index, { role: 'assistant', ...start, refusal: null });
    yield { atMs: answer.firstTokenMs * ROLE_AT, text, tokens: 0 };
  }
  const longest = Math.max(...choices.map(({ pieces }) => pieces.length));
  for (let i = 0; i < longest; i += 1) {
    for (const [index, { pieces, tokensPerPiece }] of choices.entries()) {
      const piece = pieces[i];
      if (piece === undefined) continue;
      const fields =
        tool === undefined ? { content: piece } : { tool_calls: [{ index: 0, function: { arguments: piece } }] };
      yield { atMs: answer.atMs(i), text: delta(index, fields), tokens: tokensPerPiece };
    }
  }
  for (const [index, choice] of choices.entries()) {
    yield { atMs: totalMs, text: delta(index, {}, finishReason(asked, choice)), tokens: 0 };
  }
  if (includeUsage) {
    const usage = usageOfCompletion(answer.usage);
    const text = dataFrame({ ...head, object: 'chat.completion.chunk', choices: [], usage, ...padding() });
    yield { atMs: totalMs, text, tokens: 0 };
  }
  yield { atMs: totalMs, text: dataFrame('[DONE]'), tokens: 0, last: true };
}
