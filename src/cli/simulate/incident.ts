import { COST_PER_HOUR } from '../../generators/alerts/signals/cost.js';
import { ERROR_RATIO } from '../../generators/alerts/signals/errors.js';
import { FIRST_TOKEN } from '../../generators/alerts/signals/firstToken.js';
import { LATENCY } from '../../generators/alerts/signals/latency.js';
import { ControlClient, type IncidentKind, type IncidentSeverity } from '../../simulator/index.js';
import type { Io } from '../io.js';
import type { Duration } from './optionValues.js';

export interface IncidentOptions {
  readonly kind: IncidentKind | 'clear';
  readonly severity: IncidentSeverity;
  readonly for: Duration;
  readonly simulatorUrl: string;
  readonly json?: true;
}

/** The alerts that each incident is made to cause. */
const EXPECTED: Readonly<Record<IncidentKind, readonly string[]>> = {
  latency: [LATENCY.alert, FIRST_TOKEN.alert],
  errors: [ERROR_RATIO.alert],
  cost: [COST_PER_HOUR.alert],
};

/** Starts or ends an incident and prints what there is then, until when, and which alerts to expect. */
export async function simulateIncident(options: IncidentOptions, io: Io): Promise<void> {
  const { kind, severity, json } = options;
  const control = new ControlClient(options.simulatorUrl);
  if (kind === 'clear') {
    const incidents = await control.clearIncidents();
    io.stdout(
      json === true ? JSON.stringify({ incidents }) : 'No incident goes on; alerts resolve as their windows pass.',
    );
    return;
  }
  const incidents = await control.startIncident({ kind, severity, seconds: options.for.seconds });
  const alerts = EXPECTED[kind];
  if (json === true) {
    io.stdout(JSON.stringify({ incidents, expect: { alerts, severity } }));
    return;
  }
  for (const incident of incidents) {
    io.stdout(`Incident ${incident.kind} (${incident.severity}) until ${incident.until}.`);
  }
  io.stdout(`Expect ${alerts.join(' and ')} with severity ${severity}, once their windows and waits have passed.`);
}
