import type { Registry } from 'prom-client';

const PAIR = /([a-zA-Z_]\w*)=("(?:[^"\\]|\\.)*"|[^,}]*)/g;

/** The labels that a registry adds to every line, as text. */
export class DefaultLabels {
  constructor(private readonly pairs: readonly (readonly [name: string, text: string])[]) {}

  /** Those that the metric has no label of its own for. */
  textBeside(labelNames: readonly string[]): string {
    return this.pairs
      .filter(([name]) => !labelNames.includes(name))
      .map(([, text]) => text)
      .join(',');
  }
}

/**
 * A registry keeps its default labels to itself but writes them with every metric: here with `name`, which has no labels
 * of its own.
 */
export async function readDefaultLabels(registry: Registry, name: string): Promise<DefaultLabels> {
  if (registry.getSingleMetric(name) === undefined) return new DefaultLabels([]);
  const text = await registry.getSingleMetricAsString(name);
  const labels = text.slice(text.lastIndexOf('\n') + 1).slice(name.length);
  return new DefaultLabels([...labels.matchAll(PAIR)].map(([pair, label]) => [label ?? '', pair]));
}
