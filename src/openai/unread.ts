import type { AnswerWatch } from './AnswerWatch.js';

/** Ends calls whose answer the application dropped unread. What is registered must not lead back to the answer. */
const dropped = new FinalizationRegistry<AnswerWatch>((watch) => {
  watch.left([]);
});

/** Answers of this turn of the event loop, nearly all of which somebody reads within it. */
const fresh = new Map<AnswerWatch, object>();

let isTurnAwaited = false;

/** Has the call end when the answer is garbage, unless it has ended by then. */
export function endWithGarbage(answer: object, watch: AnswerWatch): void {
  fresh.set(watch, answer);
  if (isTurnAwaited) return;
  isTurnAwaited = true;
  // To register each one would cost as much as everything else that is measured.
  setImmediate(() => {
    isTurnAwaited = false;
    for (const [each, of] of fresh) dropped.register(of, each, each);
    fresh.clear();
  });
}

/** The call ends by itself, or with something else. */
export function endsByItself(watch: AnswerWatch): void {
  if (!fresh.delete(watch)) dropped.unregister(watch);
}
