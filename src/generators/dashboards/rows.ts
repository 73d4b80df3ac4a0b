import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { GRID_WIDTH, type Row } from './layout.js';

/** Heights of the grid, each about 30 pixels. */
export const HEIGHT = { tile: 4, bars: 6, graph: 8, table: 9 } as const;

/** Panels of equal width side by side; how many there are has to divide 24. */
export function row(height: number, ...panels: readonly Builder<Panel>[]): Row {
  return { height, panels: panels.map((panel) => ({ width: GRID_WIDTH / panels.length, panel })) };
}
