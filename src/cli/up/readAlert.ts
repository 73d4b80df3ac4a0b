import { z } from 'zod';

const DELIVERED = z.object({
  status: z.enum(['firing', 'resolved']),
  alertname: z.string(),
  severity: z.string(),
  summary: z.string(),
});

/** An alert that Alertmanager delivered to the exporter. */
export type DeliveredAlert = z.infer<typeof DELIVERED>;

/** The alert that a line of the exporter's log tells of; undefined for any other line. */
export function readAlert(line: string): DeliveredAlert | undefined {
  if (!line.includes('"alertname"')) return undefined;
  try {
    return DELIVERED.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}
