import type { Alert } from './Alert.js';

/** How many alerts are remembered. */
const DEFAULT_SIZE = 200;

/** Remembers a bounded number of alerts: what fires now, and what was resolved of late. */
export class AlertHistory {
  readonly #firing = new Map<string, Alert>();
  readonly #resolved: Alert[] = [];

  constructor(private readonly size = DEFAULT_SIZE) {}

  /** Alertmanager repeats what still fires; the alert is then the same one, told anew. */
  add(alert: Alert): void {
    this.#firing.delete(alert.id);
    if (alert.status === 'firing') this.#firing.set(alert.id, alert);
    else this.#addResolved(alert);
    this.#forget();
  }

  /** Oldest first. */
  get firing(): readonly Alert[] {
    return [...this.#firing.values()].sort((a, b) => a.startsAt.localeCompare(b.startsAt));
  }

  /** Latest first. */
  get resolved(): readonly Alert[] {
    return this.#resolved.toReversed();
  }

  /** A delivery that is repeated tells of the same resolution. */
  #addResolved(alert: Alert): void {
    const at = this.#resolved.findIndex(({ id, startsAt }) => id === alert.id && startsAt === alert.startsAt);
    if (at >= 0) this.#resolved.splice(at, 1);
    this.#resolved.push(alert);
  }

  /** What is resolved goes first, then what was delivered longest ago. */
  #forget(): void {
    while (this.#firing.size + this.#resolved.length > this.size) {
      if (this.#resolved.length > 0) {
        this.#resolved.shift();
        continue;
      }
      const oldest = this.#firing.keys().next();
      if (oldest.done === true) return;
      this.#firing.delete(oldest.value);
    }
  }
}
