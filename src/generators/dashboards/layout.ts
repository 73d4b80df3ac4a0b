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
 * Panels with their ids and places: rows one below the other.
 * Throws when the widths of a row don't add up to exactly 24, since Grafana would then move panels around, and when two
 * panels have the same title, since they would have the same id.
 */
export function layout(rows: readonly Row[]): readonly Panel[] {
  let y = 0;
  const titles = new Map<number, string>();
  return rows.flatMap(({ height, panels }, index) => {
    const width = panels.reduce((total, panel) => total + panel.width, 0);
    if (width !== GRID_WIDTH) {
      throw new PromptmeterError('check_failed', `row ${index + 1} is ${width} wide; make it ${GRID_WIDTH}`);
    }
    let x = 0;
    const placed = panels.map(({ width: w, panel }) => {
      const gridPos: GridPos = { h: height, w, x, y };
      x += w;
      const built = panel.build();
      const id = panelId(built.title ?? '');
      const other = titles.get(id);
      if (other !== undefined) {
        throw new PromptmeterError(
          'check_failed',
          `the panels "${other}" and "${built.title}" have the same id; rename one`,
        );
      }
      titles.set(id, built.title ?? '');
      return { ...built, id, gridPos };
    });
    y += height;
    return placed;
  });
}

const LEAST_ID = 100_000;
const IDS = 900_000;

/**
 * The id of a panel, which links, bookmarks and pictures hold: made of its title (FNV-1a, 32 bits), so that another panel
 * before it changes nothing. http://www.isthe.com/chongo/tech/comp/fnv/ (read November 2026)
 */
function panelId(title: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(title)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return LEAST_ID + (hash % IDS);
}
