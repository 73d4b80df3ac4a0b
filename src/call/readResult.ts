import type { CallResult } from './call.js';
import { finishReason, type FinishReason } from './finishReason.js';
import { asRecord, asString } from './guards.js';
import { unitsOfAnswer } from './readUnits.js';
import { readUsage } from './readUsage.js';

/**
 * Reads model, usage, tier and finish reasons of a whole answer: chat completion, response, completion, embeddings; and
 * what images and transcripts are billed by.
 */
export function readResult(answer: unknown): CallResult {
  const fields = asRecord(answer);
  if (fields === undefined) return {};
  const units = unitsOfAnswer(fields);
  return {
    usage: readUsage(fields['usage']),
    ...(units === undefined ? {} : { units }),
    responseModel: asString(fields['model']),
    serviceTier: asString(fields['service_tier']),
    finishReasons: readFinishReasons(fields),
  };
}

function readFinishReasons(fields: Record<string, unknown>): FinishReason[] {
  const { choices } = fields;
  if (!Array.isArray(choices)) return responseFinish(fields);
  const reasons: FinishReason[] = [];
  for (const choice of choices as unknown[]) {
    const reason = asString(asRecord(choice)?.['finish_reason']);
    if (reason !== undefined) reasons.push(finishReason(reason));
  }
  return reasons;
}

/** A response names no reason when it is complete: a call of a tool in its output tells that it stopped for that. */
function responseFinish(fields: Record<string, unknown>): FinishReason[] {
  if (fields['object'] !== 'response') return [];
  if (fields['status'] === 'incomplete') {
    return [finishReason(asString(asRecord(fields['incomplete_details'])?.['reason']) ?? 'other')];
  }
  if (fields['status'] !== 'completed') return [];
  const { output } = fields;
  const calls = Array.isArray(output) && output.some((item: unknown) => asRecord(item)?.['type'] === 'function_call');
  return [calls ? 'tool_calls' : 'stop'];
}
