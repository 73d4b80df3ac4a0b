import { asRecord, asString } from '../call/guards.js';
import type { Random } from './Random.js';

/** Deeper than this an optional part is left out, so that schemas which hold themselves come to an end. */
const DEEPEST = 8;

const FORMATS: Readonly<Record<string, string>> = {
  'date-time': '2026-01-31T12:00:00Z',
  date: '2026-01-31',
  time: '12:00:00Z',
  duration: 'P1D',
  email: 'someone@example.com',
  hostname: 'example.com',
  ipv4: '192.0.2.1',
  ipv6: '2001:db8::1',
  uuid: '123e4567-e89b-42d3-a456-426614174000',
  uri: 'https://example.com/',
};

/** A value that fits a JSON schema, as far as structured outputs of the API allow schemas. */
export function jsonExample(schema: unknown, random: Random): unknown {
  return example(schema, { root: schema, random }, 0);
}

interface Context {
  readonly root: unknown;
  readonly random: Random;
}

function example(schema: unknown, context: Context, depth: number): unknown {
  const fields = asRecord(schema);
  if (fields === undefined || depth > 4 * DEEPEST) return {};
  const ref = asString(fields['$ref']);
  if (ref !== undefined) return example(resolve(ref, context.root), context, depth + 1);
  if ('const' in fields) return fields['const'];
  const choices = listOf(fields['enum']);
  if (choices.length > 0) return choices[context.random.int(0, choices.length - 1)];
  const union = [...listOf(fields['anyOf']), ...listOf(fields['oneOf'])];
  if (union.length > 0) return example(unionPart(union, context, depth), context, depth + 1);
  const all = listOf(fields['allOf']);
  if (all.length > 0) return Object.assign({}, ...all.map((part) => example(part, context, depth + 1)));
  return ofType(typeName(fields, depth), fields, context, depth);
}

function ofType(type: string, fields: Record<string, unknown>, context: Context, depth: number): unknown {
  const { random } = context;
  switch (type) {
    case 'string':
      return FORMATS[asString(fields['format']) ?? ''] ?? random.pick(['alpha', 'beta', 'gamma', 'delta']);
    case 'integer':
    case 'number':
      return numberWithin(fields, random);
    case 'boolean':
      return random.chance(0.5);
    case 'null':
      return null;
    case 'array': {
      const least = typeof fields['minItems'] === 'number' ? fields['minItems'] : 0;
      const length = Math.max(least, depth > DEEPEST ? 0 : random.int(1, 2));
      return Array.from({ length }, () => example(fields['items'] ?? { type: 'string' }, context, depth + 1));
    }
    default: {
      const properties = Object.entries(asRecord(fields['properties']) ?? {});
      const required = new Set(listOf(fields['required']));
      const wanted = depth > DEEPEST ? properties.filter(([name]) => required.has(name)) : properties;
      return Object.fromEntries(wanted.map(([name, part]) => [name, example(part, context, depth + 1)]));
    }
  }
}

function typeName(fields: Record<string, unknown>, depth: number): string {
  const types = Array.isArray(fields['type']) ? listOf(fields['type']) : [fields['type']];
  if (depth > DEEPEST && types.includes('null')) return 'null';
  return asString(types.find((type) => type !== 'null') ?? types[0]) ?? 'object';
}

/** Deep down the null of a union is taken, if it has one. */
function unionPart(union: readonly unknown[], { random }: Context, depth: number): unknown {
  const none = union.find((part) => asRecord(part)?.['type'] === 'null');
  return depth > DEEPEST && none !== undefined ? none : union[random.int(0, union.length - 1)];
}

function numberWithin(fields: Record<string, unknown>, random: Random): number {
  const low = typeof fields['minimum'] === 'number' ? Math.ceil(fields['minimum']) : 0;
  const high = typeof fields['maximum'] === 'number' ? Math.floor(fields['maximum']) : low + 100;
  return random.int(low, Math.max(low, high));
}

function resolve(ref: string, root: unknown): unknown {
  let at: unknown = root;
  for (const part of ref.split('/').slice(1)) at = asRecord(at)?.[part.replaceAll('~1', '/').replaceAll('~0', '~')];
  return at;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
