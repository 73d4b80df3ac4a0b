import { asRecord, asString } from '../call/guards.js';
import { MissingServiceError, UsageError } from '../errors.js';
import type { IncidentRequest } from './faults/Control.js';

/** An incident as a running simulator tells it. */
export interface RunningIncident {
  readonly kind: string;
  readonly severity: string;
  readonly until: string;
}

const PATIENCE_MS = 10_000;

/** Speaks with the control of a running simulator. Every method throws a MissingServiceError when it can't be reached. */
export class ControlClient {
  /** `url` is the simulator's, without a path. */
  constructor(private readonly url: string) {}

  startIncident(incident: IncidentRequest): Promise<RunningIncident[]> {
    return this.#incidents({
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(incident),
    });
  }

  clearIncidents(): Promise<RunningIncident[]> {
    return this.#incidents({ method: 'DELETE' });
  }

  async #incidents(init: RequestInit): Promise<RunningIncident[]> {
    const target = `${this.url.replace(/\/+$/, '')}/_control/incidents`;
    const response = await fetch(target, { ...init, signal: AbortSignal.timeout(PATIENCE_MS) }).catch(
      (cause: unknown) => {
        const message = `no simulator answers at ${this.url}; start one with \`promptmeter simulate api\` or name another with --simulator-url`;
        throw new MissingServiceError(message, { cause });
      },
    );
    const body: unknown = await response.json().catch(() => undefined);
    if (response.ok) return readIncidents(asRecord(body)?.['incidents']);
    const said = asString(asRecord(asRecord(body)?.['error'])?.['message']);
    if (said === undefined || response.status === 404) {
      throw new MissingServiceError(`${this.url} is not a simulator; name one with --simulator-url`);
    }
    throw new UsageError(`the simulator refuses that: ${said}`);
  }
}

function readIncidents(incidents: unknown): RunningIncident[] {
  if (!Array.isArray(incidents)) return [];
  return incidents.flatMap((incident) => {
    const fields = asRecord(incident);
    const [kind, severity, until] = ['kind', 'severity', 'until'].map((name) => asString(fields?.[name]));
    return kind === undefined || severity === undefined || until === undefined ? [] : [{ kind, severity, until }];
  });
}
