import type { TimeRange } from '../query/timeRange.js';

/** What a page's address says, as Grafana's addresses do. */
export interface Address {
  /** Empty on the front page. */
  readonly uid: string;
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly refresh: string | undefined;
  readonly theme: string | undefined;
  /** Values by variable. */
  readonly variables: Readonly<Record<string, readonly string[]>>;
}

export function readAddress(pathname: string, search: string, prefix: string): Address {
  const [, uid = ''] = /^\/d\/([\w-]+)/.exec(pathname.slice(prefix.length)) ?? [];
  const parameters = new URLSearchParams(search);
  const names = new Set([...parameters.keys()].filter((name) => name.startsWith('var-')));
  return {
    uid,
    from: parameters.get('from') ?? undefined,
    to: parameters.get('to') ?? undefined,
    refresh: parameters.get('refresh') ?? undefined,
    theme: parameters.get('theme') ?? undefined,
    variables: Object.fromEntries([...names].map((name) => [name.slice('var-'.length), parameters.getAll(name)])),
  };
}

/** The query part of an address. */
export function writeSearch({ from, to, refresh, theme, variables }: Omit<Address, 'uid'>): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries({ from, to, refresh, theme })) {
    if (value !== undefined) parameters.set(name, value);
  }
  for (const [name, values] of Object.entries(variables)) {
    for (const value of values) parameters.append(`var-${name}`, value);
  }
  return parameters.toString();
}

/** A range as the address carries it. */
export function rangeAddress({ from, to }: TimeRange): { from: string; to: string } {
  return { from: String(Math.round(from)), to: String(Math.round(to)) };
}
