import type { Random } from '../Random.js';
import { INCIDENTS, type ChanceFault, type IncidentKind, type IncidentSeverity } from './incidents.js';
import type { Fault } from './kinds.js';

export interface IncidentRequest {
  readonly kind: IncidentKind;
  /** `critical` when absent. */
  readonly severity?: IncidentSeverity | undefined;
  /** How long it lasts. */
  readonly seconds: number;
}

/** An incident that goes on. */
export interface Incident {
  readonly kind: IncidentKind;
  readonly severity: IncidentSeverity;
  /** When it ends, as an ISO 8601 time. */
  readonly until: string;
  readonly faults: readonly ChanceFault[];
}

export interface ControlState {
  readonly faults: readonly ChanceFault[];
  readonly incidents: readonly Incident[];
}

/** Knows which faults strike now. Incidents end by themselves; plain faults stay until they are taken away. */
export class Control {
  #faults: readonly ChanceFault[] = [];
  readonly #incidents = new Map<IncidentKind, Incident & { readonly endsAt: number }>();

  /** `now` gives milliseconds since 1970. */
  constructor(private readonly now: () => number = Date.now) {}

  state(): ControlState {
    this.#dropEnded();
    const incidents = [...this.#incidents.values()];
    return {
      faults: this.#faults,
      incidents: incidents.map(({ kind, severity, until, faults }) => ({ kind, severity, until, faults })),
    };
  }

  setFaults(faults: readonly ChanceFault[]): void {
    this.#faults = faults;
  }

  /** Begins an incident; one of the same kind that goes on is replaced. */
  startIncident({ kind, severity = 'critical', seconds }: IncidentRequest): void {
    const endsAt = this.now() + seconds * 1000;
    const until = new Date(endsAt).toISOString();
    this.#incidents.set(kind, { kind, severity, until, faults: INCIDENTS[kind][severity], endsAt });
  }

  clearIncidents(): void {
    this.#incidents.clear();
  }

  /** The faults that strike this call. */
  draw(model: string, random: Random): Fault[] {
    this.#dropEnded();
    const active = [...this.#faults, ...[...this.#incidents.values()].flatMap(({ faults }) => faults)];
    return active.filter(({ models, probability }) => {
      const struck = random.chance(probability);
      return struck && (models === undefined || models.includes(model));
    });
  }

  #dropEnded(): void {
    const now = this.now();
    for (const [kind, { endsAt }] of this.#incidents) if (endsAt <= now) this.#incidents.delete(kind);
  }
}
