/** One line of the text format. */
export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** The samples of a scrape, in its order. */
export function parseExposition(text: string): Sample[] {
  const lines = text.matchAll(/^([a-z_]+)(?:\{(.*)\})? (\S+)$/gm);
  return [...lines].map(([, name = '', labels = '', value]) => ({
    name,
    labels: labelsIn(labels),
    value: Number(value),
  }));
}

function labelsIn(text: string): Record<string, string> {
  const labels: Record<string, string> = {};
  for (const [, name, value] of text.matchAll(/([a-z_]+)="((?:[^"\\]|\\.)*)"/g)) {
    if (name !== undefined && value !== undefined) labels[name] = value;
  }
  return labels;
}

/** The sum of a metric over the series that have these labels. */
export function sumOf(samples: readonly Sample[], name: string, labels: Readonly<Record<string, string>> = {}): number {
  return samples
    .filter((sample) => sample.name === name)
    .filter((sample) => Object.entries(labels).every(([key, value]) => sample.labels[key] === value))
    .reduce((sum, { value }) => sum + value, 0);
}
