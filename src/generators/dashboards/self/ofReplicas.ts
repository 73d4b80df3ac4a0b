import { matches } from '../../promql/match.js';
import { chosen } from '../variables.js';

export const REPLICA = ['job', 'instance'] as const;

/** The exporters and applications that the reader has chosen: every series has these labels from its scrape. */
export const ofReplicas = () => chosen(REPLICA);

/** The same for series of Prometheus itself. */
export const REPLICAS = { job: matches('$job'), instance: matches('$instance') };
