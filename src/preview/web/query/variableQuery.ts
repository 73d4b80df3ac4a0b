/** What the options of a query variable are, parsed. */
export type VariableQuery =
  | { readonly kind: 'label_values'; readonly label: string; readonly metric: string }
  | { readonly kind: 'label_names'; readonly metric: string }
  | { readonly kind: 'metrics'; readonly pattern: string }
  | { readonly kind: 'query_result'; readonly expr: string };

/** Parses the queries that Grafana's Prometheus data source takes; undefined for any other text. */
export function parseVariableQuery(text: string): VariableQuery | undefined {
  const [, name, rest] = /^\s*(label_values|label_names|metrics|query_result)\(([\s\S]*)\)\s*$/.exec(text) ?? [];
  if (name === undefined || rest === undefined) return undefined;
  if (name === 'label_values') {
    const [, metric = '', label = ''] = /^(?:([\s\S]*),)?\s*([a-zA-Z_]\w*)\s*$/.exec(rest) ?? [];
    return label === '' ? undefined : { kind: 'label_values', label, metric: metric.trim() };
  }
  if (name === 'label_names') return { kind: 'label_names', metric: rest.trim() };
  if (name === 'metrics') return { kind: 'metrics', pattern: rest.trim() };
  return { kind: 'query_result', expr: rest.trim() };
}

/** `/a/` or `a`, as the regex field of a variable is written; undefined when it is none. */
export function patternOf(text: string): RegExp | undefined {
  if (text === '') return undefined;
  const [, body = text, flags = ''] = /^\/([\s\S]*)\/([gimsuy]*)$/.exec(text) ?? [];
  try {
    return new RegExp(body, flags.replace(/[gy]/g, ''));
  } catch {
    return undefined;
  }
}

/** The options that a variable's regex lets through, or the part of each that it captures, each once and sorted. */
export function refineOptions(values: readonly string[], regex: string, sort: number): readonly string[] {
  const pattern = patternOf(regex);
  const found = values.flatMap((value) => {
    if (pattern === undefined) return [value];
    const match = pattern.exec(value);
    return match === null ? [] : [match.groups?.['value'] ?? match[1] ?? value];
  });
  return sorted([...new Set(found)], sort);
}

/** 0 as they come, 1 and 2 by text, 3 and 4 by number, 5 and 6 by text regardless of case; even ones backwards. */
function sorted(values: readonly string[], sort: number): readonly string[] {
  if (sort === 0) return values;
  const byNumber = sort === 3 || sort === 4;
  const ascending = [...values].sort((a, b) => a.localeCompare(b, 'en', { numeric: byNumber }));
  return sort % 2 === 0 ? ascending.reverse() : ascending;
}
