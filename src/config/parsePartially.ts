import { z } from 'zod';
import type { ConfigurationProblem } from '../errors.js';
import { allowed, found } from './describe.js';
import { suggestion } from './nearest.js';
import { keysAt } from './shapeAt.js';

type Path = readonly PropertyKey[];

/** How a message shows the value at a path. */
type Show = (value: unknown, path: Path) => string;

export interface Parsed<T> {
  readonly value: T;
  readonly problems: readonly ConfigurationProblem[];
}

/**
 * Parses what can be parsed and names everything that can't, so that the checks which follow see the good part and a
 * file is mended in one go. The schema must allow an empty object.
 */
export function parsePartially<S extends z.ZodObject>(schema: S, raw: unknown, show: Show = found): Parsed<z.infer<S>> {
  const result = schema.safeParse(raw, { error: allowed });
  if (result.success) return { value: result.data, problems: [] };
  const problems = result.error.issues.flatMap((issue) => describe(schema, issue, raw, show));
  // What is wrong with the rest is wrong only because something was taken out, and has been told.
  const { value } = parsePartially(schema, without(raw, result.error.issues.flatMap(spoiled)), show);
  return { value, problems };
}

function describe(schema: z.ZodObject, issue: z.core.$ZodIssue, raw: unknown, show: Show): ConfigurationProblem[] {
  if (issue.code !== 'unrecognized_keys') {
    const message = `found ${show(valueAt(raw, issue.path), issue.path)}; ${issue.message}`;
    return [{ path: z.core.toDotPath(issue.path), message }];
  }
  const known = keysAt(schema, issue.path);
  return issue.keys.map((key) => ({
    path: z.core.toDotPath([...issue.path, key]),
    message: `this key is not known; ${suggestion(key, known)}`,
  }));
}

function spoiled(issue: z.core.$ZodIssue): Path[] {
  return issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
}

function valueAt(raw: unknown, path: Path): unknown {
  return path.reduce<unknown>((at, key) => (isContainer(at) ? Reflect.get(at, key) : undefined), raw);
}

/** A copy without the values at these paths; where one is missing that must be there, without what it is missing in. */
function without(raw: unknown, paths: readonly Path[]): unknown {
  if (paths.some((path) => path.length === 0)) return {};
  const cut = paths.map((path) => (valueAt(raw, path) === undefined ? path.slice(0, -1) : path));
  return cut.some((path) => path.length === 0) ? {} : copyWithout(raw, cut);
}

function copyWithout(value: unknown, paths: readonly Path[]): unknown {
  if (!isContainer(value)) return value;
  const kept = Object.entries(value)
    .filter(([key]) => !paths.some((path) => path.length === 1 && String(path[0]) === key))
    .map(([key, child]) => {
      const inside = paths.filter((path) => path.length > 1 && String(path[0]) === key).map((path) => path.slice(1));
      return [key, copyWithout(child, inside)] as const;
    });
  return Array.isArray(value) ? kept.map(([, child]) => child) : Object.fromEntries(kept);
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
