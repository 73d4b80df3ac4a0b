/** A reading of /metrics at one moment; an empty text is a replica that does not answer. */
export interface Reading {
  /** Seconds since 1970. */
  readonly at: number;
  readonly text: string;
}

/** What Prometheus would have stored of these readings of some replicas, as `promtool tsdb create-blocks-from` takes it. */
export function historyOf(replicas: Readonly<Record<string, readonly Reading[]>>): string {
  const series = new Map<string, string[]>();
  for (const [instance, readings] of Object.entries(replicas)) {
    for (const { at, text } of readings) {
      for (const line of text.split('\n')) {
        const [, name, labels = '', value] = /^(\w+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
        if (name === undefined || value === undefined) continue;
        const key = `${name}{job="promptmeter",instance="${instance}"${labels === '' ? '' : `,${labels}`}}`;
        series.set(key, [...(series.get(key) ?? []), `${key} ${value} ${at}`]);
      }
    }
  }
  return `${[...series.values()].map((lines) => lines.join('\n')).join('\n')}\n# EOF\n`;
}
