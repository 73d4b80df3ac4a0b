import { AsyncLocalStorage } from 'node:async_hooks';
import type { Attribution } from '../call/call.js';

/** Made at the first use: following asynchronous work costs every promise of the process a little. */
let storage: AsyncLocalStorage<Attribution> | undefined;

/**
 * Counts every call that begins within `run`, and within whatever it awaits or starts, for these labels:
 * `withAttribution({ app: 'shop', feature: 'search' }, () => answer(question))`. Returns or throws what `run` does.
 * Within another one, labels are added and the inner values count. What a call itself is given goes before.
 */
export function withAttribution<T>(attribution: Attribution, run: () => T): T {
  storage ??= new AsyncLocalStorage();
  return storage.run({ ...storage.getStore(), ...attribution }, run);
}

/** The labels of a call that was given these: its own, and beneath them those of `withAttribution`. */
export function attributionFor(own: Attribution | undefined): Attribution | undefined {
  const ambient = storage?.getStore();
  if (ambient === undefined) return own;
  return own === undefined ? ambient : { ...ambient, ...own };
}
