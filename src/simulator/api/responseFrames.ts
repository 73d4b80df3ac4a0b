import type { Random } from '../Random.js';
import type { Answer, Choice } from './answer.js';
import type { Frame } from './ApiCall.js';
import { itemStatus, mainItem, reasoningItem, textPart, type ItemIds } from './responseItems.js';
import type { Item, ResponseObject } from './responseObject.js';
import type { ResponseRequest } from './responseRequest.js';
import { eventFrame } from './sse.js';

/** The response is created long before its first word. */
const CREATED_AT = 0.3;
const REASONING_AT = 0.4;
const MESSAGE_AT = 0.95;
const LONGEST_PADDING = 15;

type Event = readonly [type: string, fields: Record<string, unknown>, atMs: number, tokens?: number];

/** The events of a streamed response, numbered from 0, in the order in which the API sends them. */
export function* responseFrames(
  asked: ResponseRequest,
  answer: Answer,
  object: ResponseObject,
  ids: ItemIds,
  random: Random,
): Generator<Frame> {
  let sequence = 0;
  for (const [type, fields, atMs, tokens = 0] of events(asked, answer, object, ids, random)) {
    const text = eventFrame(type, { type, sequence_number: sequence, ...fields });
    sequence += 1;
    yield { atMs, text, tokens, last: /^response\.(completed|incomplete)$/.test(type) };
  }
}

function* events(
  asked: ResponseRequest,
  answer: Answer,
  object: ResponseObject,
  ids: ItemIds,
  random: Random,
): Generator<Event> {
  const { firstTokenMs, totalMs } = answer;
  const output: Item[] = [];
  yield ['response.created', { response: object.inProgress() }, firstTokenMs * CREATED_AT];
  yield ['response.in_progress', { response: object.inProgress() }, firstTokenMs * CREATED_AT];
  if (asked.model.reasoningTokens !== undefined) {
    const place = { output_index: output.length, item: reasoningItem(ids) };
    yield ['response.output_item.added', place, firstTokenMs * REASONING_AT];
    yield ['response.output_item.done', place, firstTokenMs * MESSAGE_AT];
    output.push(place.item);
  }
  for (const choice of answer.choices) {
    if (choice.pieces.length === 0) continue;
    yield* mainEvents(asked, choice, answer, ids, output.length, random);
    output.push(mainItem(asked, ids, itemStatus(choice), choice.pieces.join('')));
  }
  const type = answer.choices.some(({ truncated }) => truncated) ? 'response.incomplete' : 'response.completed';
  yield [type, { response: object.ended(output, answer) }, totalMs];
}

function* mainEvents(
  asked: ResponseRequest,
  choice: Choice,
  answer: Answer,
  ids: ItemIds,
  index: number,
  random: Random,
): Generator<Event> {
  const { firstTokenMs, totalMs } = answer;
  const text = choice.pieces.join('');
  const started = mainItem(asked, ids, 'in_progress', undefined);
  const finished = mainItem(asked, ids, itemStatus(choice), text);
  const place = { item_id: started['id'], output_index: index };
  const part = { ...place, content_index: 0 };
  const padding = (): Record<string, string> =>
    asked.obfuscation ? { obfuscation: random.id(random.int(1, LONGEST_PADDING)) } : {};

  yield ['response.output_item.added', { output_index: index, item: started }, firstTokenMs * MESSAGE_AT];
  if (asked.tool === undefined) {
    yield ['response.content_part.added', { ...part, part: textPart('') }, firstTokenMs * MESSAGE_AT];
  }
  for (const [i, delta] of choice.pieces.entries()) {
    const [type, fields] =
      asked.tool === undefined
        ? ['response.output_text.delta', { ...part, delta, logprobs: [] }]
        : ['response.function_call_arguments.delta', { ...place, delta }];
    yield [type, { ...fields, ...padding() }, answer.atMs(i), choice.tokensPerPiece];
  }
  if (asked.tool === undefined) {
    yield ['response.output_text.done', { ...part, text, logprobs: [] }, totalMs];
    yield ['response.content_part.done', { ...part, part: textPart(text) }, totalMs];
  } else {
    yield ['response.function_call_arguments.done', { ...place, name: asked.tool.name, arguments: text }, totalMs];
  }
  yield ['response.output_item.done', { output_index: index, item: finished }, totalMs];
}
