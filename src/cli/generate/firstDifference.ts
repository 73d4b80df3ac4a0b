import { z } from 'zod';

/** The first path at which two JSON texts differ, such as `panels[2].targets[0].expr`; undefined where none can be named. */
export function firstDifference(before: string | undefined, after: string | undefined): string | undefined {
  if (before === undefined || after === undefined) return undefined;
  try {
    const path = compare(JSON.parse(before), JSON.parse(after), []);
    return path === undefined ? undefined : z.core.toDotPath(path);
  } catch {
    return undefined;
  }
}

type Path = readonly (string | number)[];

function compare(before: unknown, after: unknown, path: Path): Path | undefined {
  if (!isContainer(before) || !isContainer(after) || Array.isArray(before) !== Array.isArray(after)) {
    return before === after ? undefined : path;
  }
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  for (const key of keys) {
    const step = Array.isArray(before) ? Number(key) : key;
    const inside = compare(Reflect.get(before, key), Reflect.get(after, key), [...path, step]);
    if (inside !== undefined) return inside;
  }
  return undefined;
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
