import { z } from 'zod';
import { committed, committedIn } from './repository.js';

const gridPos = z.object({ x: z.number(), y: z.number(), w: z.number(), h: z.number() });

const panel = z.object({
  id: z.number(),
  type: z.string(),
  title: z.string(),
  description: z.string().default(''),
  gridPos,
  datasource: z.object({ type: z.string(), uid: z.string() }),
  fieldConfig: z.object({
    defaults: z.object({
      unit: z.string().optional(),
      noValue: z.string().optional(),
      thresholds: z
        .object({ steps: z.array(z.object({ value: z.number().nullable(), color: z.string() })) })
        .optional(),
    }),
    overrides: z.array(z.unknown()),
  }),
  targets: z.array(z.object({ refId: z.string(), expr: z.string(), datasource: z.object({ uid: z.string() }) })),
});

const dashboard = z.object({
  uid: z.string(),
  title: z.string(),
  schemaVersion: z.number(),
  panels: z.array(panel),
  templating: z.object({
    list: z.array(
      z.object({
        name: z.string(),
        type: z.string(),
        definition: z.string().optional(),
        multi: z.boolean().optional(),
        includeAll: z.boolean().optional(),
        allValue: z.string().optional(),
      }),
    ),
  }),
  annotations: z.object({ list: z.array(z.object({ name: z.string(), expr: z.string().default('') })) }),
});

export type Dashboard = z.infer<typeof dashboard>;
export type Panel = z.infer<typeof panel>;

export function parseDashboard(json: string): Dashboard {
  return dashboard.parse(JSON.parse(json));
}

/** The dashboards that Grafana loads. */
export function committedDashboards(): Dashboard[] {
  return committedIn('dashboards', '.json').map((path) => parseDashboard(committed(path)));
}

export interface PanelQuery {
  readonly dashboard: string;
  readonly panel: string;
  readonly refId: string;
  /** PromQL with "All" chosen for every variable. */
  readonly expr: string;
}

/** Every query of every panel as Prometheus gets it when a reader has chosen nothing. */
export function panelQueries(board: Dashboard): PanelQuery[] {
  return board.panels.flatMap((each) =>
    each.targets.map(({ refId, expr }) => ({
      dashboard: board.title,
      panel: each.title,
      refId,
      expr: withAllChosen(board, expr),
    })),
  );
}

/** Puts in what Grafana would, for a rate interval of one minute. */
export function withAllChosen(board: Dashboard, expr: string): string {
  return board.templating.list
    .reduce((text, { name, allValue }) => text.replaceAll(`$${name}`, allValue ?? ''), expr)
    .replaceAll('$__rate_interval', '1m');
}
