import type { RecordedOutcome } from '../../call/userOutcome.js';

export interface OutcomeTellerOptions {
  /** The exporter, whose /outcomes takes them. */
  readonly url: string;
  /** Bearer, where the exporter asks for one. */
  readonly token?: string | undefined;
}

const TIMEOUT_MS = 2000;

/** Tells the exporter what users did. An exporter that is not there loses outcomes and disturbs nothing. */
export class OutcomeTeller {
  readonly #url: string;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #underWay = new Set<Promise<void>>();
  #told = 0;

  constructor({ url, token }: OutcomeTellerOptions) {
    this.#url = `${url.replace(/\/+$/, '')}/outcomes`;
    this.#headers = {
      'content-type': 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    };
  }

  /** How many the exporter took. */
  get told(): number {
    return this.#told;
  }

  tell(outcome: RecordedOutcome): void {
    const post = this.#post(outcome).finally(() => this.#underWay.delete(post));
    this.#underWay.add(post);
  }

  /** Resolves when nothing is under way any more. */
  async settle(): Promise<void> {
    await Promise.all(this.#underWay);
  }

  async #post(outcome: RecordedOutcome): Promise<void> {
    try {
      const response = await fetch(this.#url, {
        method: 'POST',
        headers: this.#headers,
        body: JSON.stringify(outcome),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      await response.arrayBuffer();
      if (response.ok) this.#told += 1;
    } catch {
      // The next one may find it.
    }
  }
}
