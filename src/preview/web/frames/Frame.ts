import type { Labels } from '../query/Prometheus.js';

export type Cell = number | string | null;
export type FieldType = 'time' | 'number' | 'string';

/** A column: its values and where they come from. Times are milliseconds since 1970. */
export interface Field {
  readonly name: string;
  readonly type: FieldType;
  readonly labels: Labels;
  readonly values: readonly Cell[];
  /** The name that the query gave it through its legend. */
  readonly legend?: string | undefined;
}

/** Columns of equal length, as one query's series or one table. */
export interface Frame {
  readonly refId: string;
  readonly fields: readonly Field[];
}

export function lengthOf({ fields }: Frame): number {
  return fields[0]?.values.length ?? 0;
}

export function timesOf(frame: Frame): readonly number[] {
  const time = frame.fields.find(({ type }) => type === 'time');
  return (time?.values ?? []).map((value) => (typeof value === 'number' ? value : 0));
}

export function numberFields({ fields }: Frame): readonly Field[] {
  return fields.filter(({ type }) => type === 'number');
}

/** The name that a field goes by in legends, columns and overrides. */
export function nameOf({ name, legend }: Field): string {
  return legend ?? name;
}
