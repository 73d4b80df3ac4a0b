import type { Config } from '../../src/config/Config.js';
import { alertGroups } from '../../src/generators/alerts/registry.js';
import type { Series } from './series.js';

const MODELS = Array.from({ length: 20 }, (_, index) => `provider="provider-${index % 2}",model="model-${index}"`);

/** The recorded series that rules look at over hours and more: those must be there in the density of their group. */
export function longWindowSeries(config: Config): readonly (Series & { readonly every: number })[] {
  const groups = alertGroups(config);
  const used = new Set(
    groups
      .flatMap(({ records, alerts }) => [...records, ...alerts].map(({ expr }) => expr))
      .flatMap((expr) => [...expr.matchAll(/([a-z_]+:[\w:]+)(?:\{[^}]*\})?\[\d+[hd]\]/g)])
      .map(([, name]) => name),
  );
  return groups.flatMap(({ interval, records }) =>
    records
      .filter(({ record }) => used.has(record))
      .flatMap(({ record, labels, fixed = {} }) => {
        const own = Object.entries(fixed).map(([label, value]) => `${label}="${value}"`);
        const each = labels.includes('model') ? MODELS : [''];
        return each.map((model) => ({
          text: `${record}{${[...own, ...(model === '' ? [] : [model])].join(',')}}`,
          perSecond: 0,
          level: 1,
          every: interval ?? 5,
        }));
      }),
  );
}
