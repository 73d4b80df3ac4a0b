import { listOf, numberOf, objectOf, objectsOf, textOf, type Json } from '../json.js';
import type { FieldConfig, Link, Panel, Target } from './Dashboard.js';

export function readPanel(json: Json): Panel {
  const grid = objectOf(json['gridPos']);
  return {
    id: numberOf(json['id']) ?? 0,
    type: textOf(json['type']),
    title: textOf(json['title']),
    description: textOf(json['description']),
    transparent: json['transparent'] === true,
    grid: {
      x: numberOf(grid['x']) ?? 0,
      y: numberOf(grid['y']) ?? 0,
      w: numberOf(grid['w']) ?? 12,
      h: numberOf(grid['h']) ?? 8,
    },
    targets: objectsOf(json['targets'])
      .filter((target) => target['hide'] !== true)
      .map(readTarget)
      .filter(({ expr }) => expr !== ''),
    transformations: objectsOf(json['transformations'])
      .filter((each) => each['disabled'] !== true)
      .map((each) => ({ id: textOf(each['id']), options: objectOf(each['options']) })),
    fieldConfig: readFieldConfig(objectOf(json['fieldConfig'])),
    options: objectOf(json['options']),
    links: readLinks(json['links']),
    interval: textOf(json['interval']),
    maxDataPoints: numberOf(json['maxDataPoints']),
    timeFrom: textOf(json['timeFrom']),
  };
}

function readTarget(json: Json, index: number): Target {
  const format = textOf(json['format']);
  const instant = json['instant'] === true;
  return {
    refId: textOf(json['refId'], String.fromCharCode(65 + index)),
    expr: textOf(json['expr']),
    legendFormat: textOf(json['legendFormat']),
    format: format === 'table' || format === 'heatmap' ? format : 'time_series',
    instant,
    // A target that says neither is a range query.
    range: json['range'] === true || !instant,
    exemplar: json['exemplar'] === true,
    interval: textOf(json['interval']),
  };
}

function readFieldConfig(json: Json): FieldConfig {
  return {
    defaults: objectOf(json['defaults']),
    overrides: objectsOf(json['overrides']).map((each) => {
      const matcher = objectOf(each['matcher']);
      return {
        matcher: { id: textOf(matcher['id']), options: matcher['options'] },
        properties: objectsOf(each['properties']).map(({ id, value }) => ({ id: textOf(id), value })),
      };
    }),
  };
}

export function readLinks(json: unknown): readonly Link[] {
  return listOf(json)
    .map(objectOf)
    .filter(({ url }) => textOf(url) !== '')
    .map((each) => ({
      title: textOf(each['title'], textOf(each['url'])),
      url: textOf(each['url']),
      newTab: each['targetBlank'] === true,
    }));
}
