import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import type { GridPos, Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { PromptmeterError } from '../../errors.js';

/** Columns of Grafana's grid. */
export const GRID_WIDTH = 24;

/** Panels side by side, all of one height, in columns of the grid. */
export interface Row {
  readonly height: number;
  readonly panels: readonly { readonly width: number; readonly panel: Builder<Panel> }[];
}

/**
 * Panels with their ids and places: rows one below the other, numbered from 1.
 * Throws when the widths of a row don't add up to exactly 24, since Grafana would then move panels around.
 */
export function layout(rows: readonly Row[]): readonly Panel[] {
  let y = 0;
  let id = 0;
  return rows.flatMap(({ height, panels }, index) => {
    const width = panels.reduce((total, panel) => total + panel.width, 0);
    if (width !== GRID_WIDTH) {
      throw new PromptmeterError('check_failed', `row ${index + 1} is ${width} wide; make it ${GRID_WIDTH}`);
    }
    let x = 0;
    const placed = panels.map(({ width: w, panel }) => {
      const gridPos: GridPos = { h: height, w, x, y };
      x += w;
      id += 1;
      return { ...panel.build(), id, gridPos };
    });
    y += height;
    return placed;
  });
}
