import { z } from 'zod';
import { invalidRequest } from '../ApiError.js';
import { INCIDENT_KINDS, INCIDENT_SEVERITIES } from '../faults/incidents.js';
import { FAULT_KINDS } from '../faults/kinds.js';

const LONGEST_INCIDENT_SECONDS = 24 * 60 * 60;

const fault = z.strictObject({
  kind: z.enum(FAULT_KINDS),
  value: z.number().min(0).optional(),
  probability: z.number().min(0).max(1).default(1),
  models: z.array(z.string().min(1)).optional(),
});

/** The body of POST /_control/incidents. */
export const incidentSchema = z.strictObject({
  kind: z.enum(INCIDENT_KINDS),
  severity: z.enum(INCIDENT_SEVERITIES).optional(),
  seconds: z.number().gt(0).max(LONGEST_INCIDENT_SECONDS),
});

/** The body of PUT /_control: a list that is there replaces what was active. */
export const controlSchema = z.strictObject({
  faults: z.array(fault).max(100).optional(),
  incidents: z.array(incidentSchema).max(INCIDENT_KINDS.length).optional(),
});

/** Throws an ApiError of 400 that lists every mistake. */
export function parseWith<T>(schema: z.ZodType<T>, body: unknown): T {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const mistakes = result.error.issues.map(({ path, message }) => `${path.join('.') || '(body)'}: ${message}`);
  throw invalidRequest(mistakes.join('; '));
}
