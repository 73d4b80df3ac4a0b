import type { AnswerWatch } from './AnswerWatch.js';

/** An answer that somebody still has to read, for the call to end otherwise than with it as garbage. */
export interface Unread {
  /** Held until the turn is over or somebody has read it. */
  answer: object | undefined;
  watch: AnswerWatch | undefined;
  isRegistered: boolean;
}

/** Ends calls whose answer the application dropped unread. What is registered must not lead back to the answer. */
const dropped = new FinalizationRegistry<AnswerWatch>((watch) => {
  watch.left([]);
});

/** Answers of this turn of the event loop, nearly all of which somebody reads within it. */
let fresh: Unread[] = [];

/** Has the call end when the answer is garbage, unless it has ended by then. */
export function endWithGarbage(answer: object, watch: AnswerWatch): void {
  const unread: Unread = { watch, answer, isRegistered: false };
  watch.unread = unread;
  // To register each one would cost as much as everything else that is measured.
  if (fresh.push(unread) === 1) setImmediate(registerFresh);
}

/** The call ends by itself, or with something else. */
export function endsByItself(watch: AnswerWatch): void {
  const { unread } = watch;
  if (unread === undefined) return;
  watch.unread = undefined;
  release(unread);
  if (unread.isRegistered) dropped.unregister(unread);
}

function registerFresh(): void {
  const turn = fresh;
  fresh = [];
  for (const unread of turn) {
    const { answer, watch } = unread;
    if (answer === undefined || watch === undefined) continue;
    dropped.register(answer, watch, unread);
    unread.isRegistered = true;
    release(unread);
  }
}

function release(unread: Unread): void {
  unread.answer = undefined;
  unread.watch = undefined;
}
