import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import { DashboardBuilder, DashboardCursorSync, type VariableModel } from '@grafana/grafana-foundation-sdk/dashboard';
import type { Config } from '../../config/Config.js';
import type { GeneratedFile } from '../GeneratedFile.js';
import { annotations } from './annotations.js';
import { finish } from './finish.js';
import { layout, type Row } from './layout.js';
import { boardLinks, TAG } from './links.js';
import { variables } from './variables.js';

/** One dashboard: what it is called and asks, and its panels. */
export interface Dashboard {
  /** File name without its ending. */
  readonly name: string;
  /** Never changed once published: links and bookmarks hold it. At most 40 characters. */
  readonly uid: string;
  readonly title: string;
  /** The one question that it answers. */
  readonly description: string;
  readonly rows: readonly Row[];
  /** Of its own, after the data source; else those of calls. */
  readonly variables?: readonly Builder<VariableModel>[];
  /** How far back it looks at first; an hour unless told otherwise. */
  readonly from?: string;
  /** How often it asks again; unhurried where the queries are long. */
  readonly refresh?: string;
}

/** The file of one dashboard with all that is the same on every one: data source, links, annotations. */
export function dashboardFile(config: Config, board: Dashboard): GeneratedFile {
  const { name, uid, title, description, rows, from = 'now-1h', refresh = '10s' } = board;
  const built = new DashboardBuilder(title)
    .uid(uid)
    .description(description)
    .tags([TAG, 'generated'])
    .readonly()
    .timezone('browser')
    .time({ from, to: 'now' })
    .refresh(refresh)
    .tooltip(DashboardCursorSync.Crosshair)
    .variables(variables(config, board.variables))
    .annotations(annotations())
    .link(boardLinks())
    .build();
  return { path: `dashboards/${name}.json`, content: finish(built, layout(rows)) };
}
