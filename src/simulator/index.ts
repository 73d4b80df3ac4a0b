export { createSimulator, type Simulator, type SimulatorOptions } from './createSimulator.js';
export { COSTS_PATH, costsPage, type CostsPageOptions } from './api/costs.js';
export type { BillItem, PriceCall } from './Bill.js';
export type { Usage as SimulatedUsage } from './tokens.js';
export { SIMULATED_MODELS, findModel, type LogNormal, type SimulatedModel } from './models.js';
export { Ledger, type LedgerReport, type LedgerRow } from './Ledger.js';
export { FAULT_KINDS, type Fault, type FaultKind } from './faults/kinds.js';
export { FAULT_HEADER } from './faults/header.js';
export {
  INCIDENTS,
  INCIDENT_KINDS,
  INCIDENT_SEVERITIES,
  type ChanceFault,
  type IncidentKind,
  type IncidentSeverity,
} from './faults/incidents.js';
export { Control, type ControlState, type Incident, type IncidentRequest } from './faults/Control.js';
export { startTraffic, type Traffic, type TrafficOptions, type TrafficSummary } from './traffic/startTraffic.js';
export { ControlClient, type RunningIncident } from './ControlClient.js';
