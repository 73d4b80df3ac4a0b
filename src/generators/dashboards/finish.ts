import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';

/**
 * The JSON that Grafana loads from a file, the same byte for byte for the same dashboard: keys sorted, the SDK's
 * functions dropped, and without `placement`, a value of newer Grafanas that older ones do not know.
 */
export function finish(dashboard: object, panels: readonly Panel[]): string {
  return `${JSON.stringify({ ...dashboard, panels }, sorted, 2)}\n`;
}

function sorted(key: string, value: unknown): unknown {
  if (key === 'placement' && value === 'inControlsMenu') return undefined;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
