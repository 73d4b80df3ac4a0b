/** How a label is compared with a value. */
export interface Match {
  readonly operator: '=' | '!=' | '=~' | '!~';
  readonly value: string;
}

/** Exactly this value. */
export const is = (value: string): Match => ({ operator: '=', value });

/** A regular expression, anchored at both ends by Prometheus. For Grafana's variables, which expand to one. */
export const matches = (regex: string): Match => ({ operator: '=~', value: regex });

/** One of these values, none of which is read as a regular expression. */
export const oneOf = (values: readonly string[]): Match => ({ operator: '=~', value: alternatives(values) });

/** None of these values. */
export const noneOf = (values: readonly string[]): Match => ({ operator: '!~', value: alternatives(values) });

/** Label matchers in braces, or nothing when there are none. */
export function matcherText(matchers: Readonly<Record<string, Match | undefined>>): string {
  const texts = Object.entries(matchers).flatMap(([label, match]) =>
    match === undefined ? [] : [`${label}${match.operator}${JSON.stringify(match.value)}`],
  );
  return texts.length === 0 ? '' : `{${texts.join(', ')}}`;
}

function alternatives(values: readonly string[]): string {
  return values.map((value) => value.replace(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`)).join('|');
}
