import { getOrAdd } from './getOrAdd.js';
import { copyOf, tidyLabel } from './tidyLabel.js';

/** What a value becomes when its label is full. */
export const OTHER = 'other';

/** These stand for no value of their own, so they take no place. */
const FREE: ReadonlySet<string> = new Set(['', OTHER]);

/**
 * Lets a bounded number of values through for each label, in the order of their arrival. What is let through once is
 * let through for ever and what is not never will be, so that both ends of a call get the same label.
 */
export class LabelLimiter {
  readonly #values = new Map<string, Set<string>>();

  /** @param capOf the number of values that a label may have. */
  constructor(private readonly capOf: (label: string) => number) {}

  /** The value to use: the given one, tidied, or `other` when the label is full. */
  limit(label: string, given: string): string {
    const known = this.#knownOf(label);
    if (known.has(given)) return given;
    const value = tidyLabel(given);
    if (FREE.has(value) || known.has(value)) return value;
    if (known.size >= this.capOf(label)) return OTHER;
    known.add(copyOf(value));
    return value;
  }

  /** True when `limit` gave `other` for a value that is something else. */
  static overflowed(given: string, limited: string): boolean {
    return limited === OTHER && tidyLabel(given) !== OTHER;
  }

  #knownOf(label: string): Set<string> {
    return getOrAdd(this.#values, label, () => new Set());
  }
}
