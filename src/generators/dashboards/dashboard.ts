import { DashboardBuilder, DashboardCursorSync } from '@grafana/grafana-foundation-sdk/dashboard';
import type { Config } from '../../config/Config.js';
import type { GeneratedFile } from '../GeneratedFile.js';
import { alertAnnotation } from './alertAnnotation.js';
import { finish } from './finish.js';
import { layout, type Row } from './layout.js';
import { variables } from './variables.js';

export interface DashboardOptions {
  /** File name without its ending. */
  readonly name: string;
  /** Never changed once published: links and bookmarks hold it. At most 40 characters. */
  readonly uid: string;
  readonly title: string;
  /** The one question that it answers. */
  readonly description: string;
  readonly rows: readonly Row[];
}

/** One dashboard with all that is the same on every one: variables, time, refresh, alerts as annotations. */
export function dashboard(config: Config, { name, uid, title, description, rows }: DashboardOptions): GeneratedFile {
  const built = new DashboardBuilder(title)
    .uid(uid)
    .description(description)
    .tags(['promptmeter', 'generated'])
    .timezone('browser')
    .time({ from: 'now-1h', to: 'now' })
    .refresh('10s')
    .tooltip(DashboardCursorSync.Crosshair)
    .variables(variables(config))
    .annotations([alertAnnotation()])
    .build();
  return { path: `dashboards/${name}.json`, content: finish(built, layout(rows)) };
}
