import { asRecord } from '../call/guards.js';
import type { Chunk, Completion, StreamOptions } from './AIClient.js';
import { CompletionAssembly } from './CompletionAssembly.js';
import { chunkHasOutput } from './firstOutput.js';
import { isUsageOnlyChunk } from './StreamObserver.js';

export interface StreamReading {
  readonly onFirstToken: () => void;
  readonly onChunk: StreamOptions['onChunk'];
  /** Whether usage was asked for on our own account, so that the caller is not to see what that brings. */
  readonly hidesUsage: boolean;
}

/** Thrown when a stream ends without having told why, so that the monitor records a cut. Never leaves the adapter. */
export class StreamInterruptedError extends Error {
  override readonly name = 'StreamInterruptedError';

  constructor(readonly received: Completion) {
    super('the stream ended before its answer was whole');
  }
}

/**
 * Thrown for what `onChunk` throws, so that the monitor records a call that the caller gave up: a mistake of the
 * application is no error of the API. Never leaves the adapter.
 */
export class CallerFailedError extends Error {
  override readonly name = 'AbortError';

  constructor(readonly thrown: unknown) {
    super('onChunk threw');
  }
}

/**
 * Takes a stream to its end and puts its answer together.
 * @throws StreamInterruptedError when it ends without a finish reason, CallerFailedError when `onChunk` throws; else
 * whatever the stream throws.
 */
export async function readStream(stream: AsyncIterable<Chunk>, reading: StreamReading): Promise<Completion> {
  const assembly = new CompletionAssembly();
  let hasOutput = false;
  for await (const chunk of stream) {
    const fields = asRecord(chunk);
    if (fields !== undefined) {
      assembly.add(chunk);
      if (!hasOutput && chunkHasOutput(fields)) {
        hasOutput = true;
        reading.onFirstToken();
      }
      if (reading.hidesUsage && isUsageOnlyChunk(chunk)) continue;
      if (reading.hidesUsage && chunk.usage === null) Reflect.deleteProperty(chunk, 'usage');
    }
    try {
      await reading.onChunk?.(chunk);
    } catch (error) {
      throw new CallerFailedError(error);
    }
  }
  if (!assembly.finished) throw new StreamInterruptedError(assembly.completion());
  return assembly.completion();
}
