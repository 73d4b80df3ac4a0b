import { z } from 'zod';
import { committed, committedIn } from './repository.js';

const gridPos = z.object({ x: z.number(), y: z.number(), w: z.number(), h: z.number() });

/** Words have none. */
const NO_FIELDS = { defaults: { links: [] }, overrides: [] };

const panel = z.object({
  id: z.number(),
  type: z.string(),
  title: z.string(),
  description: z.string().default(''),
  gridPos,
  datasource: z.object({ type: z.string(), uid: z.string() }).optional(),
  timeFrom: z.string().optional(),
  fieldConfig: z
    .object({
      defaults: z.object({
        unit: z.string().optional(),
        noValue: z.string().optional(),
        links: z.array(z.object({ url: z.string() })).default([]),
        thresholds: z
          .object({ steps: z.array(z.object({ value: z.number().nullable(), color: z.string() })) })
          .optional(),
      }),
      overrides: z.array(z.object({ properties: z.array(z.object({ id: z.string(), value: z.unknown() })) })),
    })
    .default(NO_FIELDS),
  targets: z
    .array(
      z.object({
        refId: z.string(),
        expr: z.string(),
        legendFormat: z.string().optional(),
        exemplar: z.boolean().optional(),
        datasource: z.object({ uid: z.string() }),
      }),
    )
    .default([]),
});

const dashboard = z.object({
  uid: z.string(),
  title: z.string(),
  description: z.string(),
  schemaVersion: z.number(),
  editable: z.boolean(),
  tags: z.array(z.string()),
  links: z.array(
    z.object({ type: z.string(), tags: z.array(z.string()), keepTime: z.boolean(), includeVars: z.boolean() }),
  ),
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
        refresh: z.number().optional(),
      }),
    ),
  }),
  annotations: z.object({
    list: z.array(
      z.object({
        name: z.string(),
        expr: z.string().default(''),
        datasource: z.object({ uid: z.string() }),
        target: z.object({ tags: z.array(z.string()) }).optional(),
      }),
    ),
  }),
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

/** Puts in what Grafana would, for an hour shown with a rate interval of one minute. */
export function withAllChosen(board: Dashboard, expr: string): string {
  return board.templating.list
    .reduce((text, { name, allValue }) => text.replaceAll(`$${name}`, allValue ?? '.+'), expr)
    .replaceAll('$__rate_interval', '1m')
    .replaceAll('$__range', '1h')
    .replaceAll('$__interval', '15s');
}
