import type { Random } from '../Random.js';
import type { Choice } from './answer.js';
import type { Item } from './responseObject.js';
import type { ResponseRequest } from './responseRequest.js';

type ItemStatus = 'in_progress' | 'completed' | 'incomplete';

/** Ids of the items of one response, drawn once so that every event names the same. */
export interface ItemIds {
  readonly reasoning: string;
  readonly main: string;
  readonly call: string;
}

export function drawItemIds(random: Random): ItemIds {
  return { reasoning: `rs_${random.id(48)}`, main: random.id(48), call: `call_${random.id(24)}` };
}

/** The item that models which reason put before their answer. */
export function reasoningItem({ reasoning }: ItemIds): Item {
  return { id: reasoning, type: 'reasoning', summary: [] };
}

/** The message or function call with so much of its content; `text` is the text or the arguments. */
export function mainItem({ tool }: ResponseRequest, ids: ItemIds, status: ItemStatus, text: string | undefined): Item {
  if (tool !== undefined) {
    const item = { id: `fc_${ids.main}`, type: 'function_call', status, arguments: text ?? '' };
    return { ...item, call_id: ids.call, name: tool.name };
  }
  const content = text === undefined ? [] : [textPart(text)];
  return { id: `msg_${ids.main}`, type: 'message', status, content, role: 'assistant' };
}

export function textPart(text: string): Item {
  return { type: 'output_text', annotations: [], logprobs: [], text };
}

export function itemStatus({ truncated }: Choice): ItemStatus {
  return truncated ? 'incomplete' : 'completed';
}
