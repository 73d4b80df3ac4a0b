import type { Json } from '../json.js';

/** What of Grafana's classic dashboard model (schema 42) the preview draws. */
export interface Dashboard {
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  readonly from: string;
  readonly to: string;
  /** Empty for none. */
  readonly refresh: string;
  readonly sections: readonly Section[];
  readonly variables: readonly Variable[];
  readonly annotations: readonly Annotation[];
  readonly links: readonly DashboardLink[];
}

/** The panels under one row. The panels above the first row make a section without a title. */
export interface Section {
  readonly title: string | undefined;
  readonly collapsed: boolean;
  readonly panels: readonly Panel[];
}

export interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly description: string;
  readonly transparent: boolean;
  /** Columns of 24 and rows of 30 pixels. */
  readonly grid: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly targets: readonly Target[];
  readonly transformations: readonly Transformation[];
  readonly fieldConfig: FieldConfig;
  readonly options: Json;
  readonly links: readonly Link[];
  /** The least step, for example `1m`. */
  readonly interval: string;
  readonly maxDataPoints: number | undefined;
  /** A range of its own that ends now, for example `30d`. */
  readonly timeFrom: string;
}

export interface Target {
  readonly refId: string;
  readonly expr: string;
  readonly legendFormat: string;
  readonly format: 'time_series' | 'table' | 'heatmap';
  readonly instant: boolean;
  readonly range: boolean;
  /** Whether single calls are to be marked, where Prometheus keeps them. */
  readonly exemplar: boolean;
  readonly interval: string;
}

export interface Transformation {
  readonly id: string;
  readonly options: Json;
}

export interface FieldConfig {
  readonly defaults: Json;
  readonly overrides: readonly FieldOverride[];
}

export interface FieldOverride {
  readonly matcher: { readonly id: string; readonly options: unknown };
  readonly properties: readonly { readonly id: string; readonly value: unknown }[];
}

export interface Link {
  readonly title: string;
  readonly url: string;
  readonly newTab: boolean;
}

export interface DashboardLink extends Link {
  readonly type: 'link' | 'dashboards';
  readonly tags: readonly string[];
  readonly keepTime: boolean;
  readonly includeVars: boolean;
}

export interface Annotation {
  readonly name: string;
  readonly expr: string;
  readonly color: string;
  readonly title: string;
  readonly text: string;
  readonly step: string;
  /** The values are moments in milliseconds since 1970, and not whether something holds. */
  readonly valueIsTime: boolean;
}

export type VariableType = 'query' | 'custom' | 'interval' | 'constant' | 'textbox' | 'datasource';

export interface Variable {
  readonly name: string;
  readonly label: string;
  readonly type: VariableType;
  /** A query such as `label_values(metric, label)`, or the values of a custom one. */
  readonly query: string;
  readonly regex: string;
  readonly multi: boolean;
  readonly includeAll: boolean;
  readonly allValue: string;
  readonly hidden: boolean;
  readonly sort: number;
  /** What the dashboard was saved with. */
  readonly current: readonly string[];
}
