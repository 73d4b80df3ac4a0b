import { z } from 'zod';
import { MissingServiceError, messageOf } from '../../errors.js';

/** One alert as Alertmanager takes it. */
export interface SentAlert {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  /** ISO 8601. */
  readonly endsAt: string;
}

/** What Alertmanager does with an alert. */
export interface HeldAlert {
  readonly receivers: readonly string[];
  /** True when a silence or another alert keeps it quiet. */
  readonly suppressed: boolean;
}

/** How many notifications went out and how many failed, by kind of receiver. */
export type Deliveries = ReadonlyMap<string, { readonly sent: number; readonly failed: number }>;

const PATIENCE_MS = 10_000;

const heldAlerts = z.array(
  z.object({
    receivers: z.array(z.object({ name: z.string() })),
    status: z.object({ state: z.string() }),
  }),
);

/** Speaks with a running Alertmanager. Every method throws a MissingServiceError when it can't be reached. */
export class Alertmanager {
  /** `url` is Alertmanager's, without a path. */
  constructor(private readonly url: string) {}

  async send(alert: SentAlert): Promise<void> {
    const response = await this.#ask('/api/v2/alerts', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify([alert]),
    });
    await response.body?.cancel();
  }

  /** The alert with this label, or undefined while there is none. */
  async find(label: string, value: string): Promise<HeldAlert | undefined> {
    const filter = new URLSearchParams({ filter: `${label}=${JSON.stringify(value)}` });
    const response = await this.#ask(`/api/v2/alerts?${filter.toString()}`);
    const [first] = heldAlerts.parse(await response.json());
    if (first === undefined) return undefined;
    return { receivers: first.receivers.map(({ name }) => name), suppressed: first.status.state === 'suppressed' };
  }

  async deliveries(): Promise<Deliveries> {
    const text = await (await this.#ask('/metrics')).text();
    const counts = new Map<string, { sent: number; failed: number }>();
    for (const [, failed, labels = '', value] of text.matchAll(
      /^alertmanager_notifications_(failed_)?total\{([^}]*)\} (\S+)$/gm,
    )) {
      const integration = /integration="([^"]*)"/.exec(labels)?.[1] ?? '';
      const count = counts.get(integration) ?? { sent: 0, failed: 0 };
      count[failed === undefined ? 'sent' : 'failed'] += Number(value);
      counts.set(integration, count);
    }
    return counts;
  }

  async #ask(path: string, init: RequestInit = {}): Promise<Response> {
    const response = await fetch(`${this.url}${path}`, { ...init, signal: AbortSignal.timeout(PATIENCE_MS) }).catch(
      (cause: unknown) => {
        const message = `Alertmanager at ${this.url} can't be reached (${messageOf(cause)}); start it or name another with --alertmanager-url`;
        throw new MissingServiceError(message, { cause });
      },
    );
    if (response.ok) return response;
    await response.body?.cancel();
    throw new MissingServiceError(
      `${this.url} answers ${response.status} and is no Alertmanager; name one with --alertmanager-url`,
    );
  }
}
