import { bargauge } from './bargauge.js';
import { heatmap } from './heatmap.js';
import type { PanelRenderer } from './PanelInput.js';
import { stat } from './stat.js';
import { table } from './table.js';
import { text } from './text.js';
import { timeseries } from './timeseries.js';

/** Grafana's panel types that the preview draws. A new one is one file and one line here. */
export const RENDERERS: ReadonlyMap<string, PanelRenderer> = new Map([
  ['bargauge', bargauge],
  ['heatmap', heatmap],
  ['stat', stat],
  ['table', table],
  ['text', text],
  ['timeseries', timeseries],
]);
