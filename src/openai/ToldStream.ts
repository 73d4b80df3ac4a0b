import type { AnswerWatch } from './AnswerWatch.js';
import { isDone } from './sse.js';
import type { ToldReads } from './ToldReads.js';
import { endsByItself, endWithGarbage } from './unread.js';

/** A stream that is watched by what the SDK makes of its events, and by their bytes only where it ends. */
export class ToldStream {
  constructor(
    private readonly reads: ToldReads,
    private readonly watch: AnswerWatch,
  ) {}

  /** From here on it is this that the application has to drop for the call to end. */
  endWith(taken: object): void {
    endWithGarbage(taken, this.watch);
  }

  /** Takes the next chunk and returns what the caller gets of it, if anything. */
  chunk(value: unknown): unknown {
    this.reads.told();
    return this.watch.chunk(value);
  }

  /** The SDK has no more chunks. */
  ended(): Promise<void> | undefined {
    const { reads, watch } = this;
    endsByItself(watch);
    // After its last event openai 7 leaves the body; then only usage could be missing.
    const isWhole = reads.end?.is === 'whole' || (reads.end?.is === 'left' && watch.hasUsage);
    if (!isWhole || !watch.isFinished) return this.#endedOtherwise();
    watch.streamEnded();
    return undefined;
  }

  /** The SDK gave up: on a body that failed, or on the next event, upon which openai 7 aborts the body. */
  async failed(error: unknown): Promise<void> {
    const { reads, watch } = this;
    const { end } = reads;
    endsByItself(watch);
    const hasFailed = end?.is === 'failed' && (!end.isAborted || end.error === error);
    if (hasFailed) watch.streamFailed(end.error, end.isAborted);
    else watch.gaveUp(error, await reads.untold());
  }

  /**
   * The caller takes no more.
   * @param isWaiting whether the SDK still waits for more than has come
   */
  async left(isWaiting: boolean): Promise<void> {
    endsByItself(this.watch);
    this.watch.left(isWaiting ? [] : await this.reads.untold());
  }

  async #endedOtherwise(): Promise<void> {
    const { reads, watch } = this;
    const rest = await reads.untold();
    const { end } = reads;
    if (end?.is === 'whole' || end?.is === 'failed') {
      watch.seen(rest);
      if (end.is === 'whole') watch.streamEnded();
      else watch.streamFailed(end.error, end.isAborted);
    } else {
      // What the SDK stops at; or it was aborted.
      const seen = rest.findIndex(({ data }) => isDone(data)) + 1;
      watch.seen(rest.slice(0, seen));
      watch.left(rest.slice(seen));
    }
  }
}
