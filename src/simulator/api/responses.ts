import { makeAnswer } from './answer.js';
import type { Endpoint, Reply } from './ApiCall.js';
import { responseFrames } from './responseFrames.js';
import { drawItemIds, itemStatus, mainItem, reasoningItem } from './responseItems.js';
import { ResponseObject, type Item } from './responseObject.js';
import { readResponseRequest } from './responseRequest.js';
import { eventFrame, STREAM_ERROR } from './sse.js';

/** POST /v1/responses, https://platform.openai.com/docs/api-reference/responses (2026-11). */
export const responses: Endpoint = {
  path: '/v1/responses',
  answer(call): Reply {
    const asked = readResponseRequest(call);
    const answer = makeAnswer(asked, call);
    const object = new ResponseObject(asked, call);
    const ids = drawItemIds(call.random);
    const base = { model: asked.model, usage: answer.usage };
    if (asked.stream) {
      return {
        ...base,
        kind: 'stream',
        afterMs: answer.firstTokenMs * 0.3,
        frames: responseFrames(asked, answer, object, ids, call.random),
        usageTold: true,
        errorFrame: (kind, sequence) => errorFrame(kind, sequence, object),
      };
    }
    const output: Item[] = asked.model.reasoningTokens === undefined ? [] : [reasoningItem(ids)];
    for (const choice of answer.choices) {
      // Reasoning that used up every token leaves no message behind.
      if (choice.pieces.length > 0) output.push(mainItem(asked, ids, itemStatus(choice), choice.pieces.join('')));
    }
    const failed = call.effects.broken?.kind === 'failed';
    const body = failed ? object.failed(answer.usage) : object.ended(output, answer);
    return { ...base, kind: 'json', afterMs: answer.totalMs, body };
  },
};

function errorFrame(kind: 'error_event' | 'failed', sequence: number, object: ResponseObject): string {
  if (kind === 'failed') {
    const type = 'response.failed';
    return eventFrame(type, { type, sequence_number: sequence, response: object.failed() });
  }
  const error = { type: 'error', code: 'server_error', message: STREAM_ERROR, param: null };
  return eventFrame('error', { ...error, sequence_number: sequence });
}
