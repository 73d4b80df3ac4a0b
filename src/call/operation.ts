/** What a call asks of the API. Every path that is none of these is `other`. */
export const OPERATIONS = [
  'chat',
  'responses',
  'completions',
  'embeddings',
  'images',
  'speech',
  'transcription',
  'translation',
  'moderations',
  'batches',
  'realtime',
  'other',
] as const;

export type Operation = (typeof OPERATIONS)[number];

/** Operations whose successful answer carries token usage, so that its absence is worth counting. */
const WITH_USAGE: ReadonlySet<Operation> = new Set(['chat', 'responses', 'completions', 'embeddings']);

export function expectsUsage(operation: Operation): boolean {
  return WITH_USAGE.has(operation);
}
