import type { Choice } from './answer.js';
import type { ChatRequest } from './chatRequest.js';

/** What all chunks of a stream and the whole completion have in common. */
export interface ChatHead {
  readonly id: string;
  readonly created: number;
  readonly model: string;
  readonly service_tier: string;
  readonly system_fingerprint: string | null;
}

/** A function that the caller named ends with `stop`, one that the model chose with `tool_calls`. */
export function finishReason({ tool, toolNamed }: ChatRequest, { truncated }: Choice): string {
  if (truncated) return 'length';
  return tool === undefined || toolNamed ? 'stop' : 'tool_calls';
}
