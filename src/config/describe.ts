import type { z } from 'zod';
import { suggestion } from './nearest.js';

const LONGEST = 60;

const TYPES: Readonly<Record<string, string>> = {
  number: 'a number',
  int: 'a whole number',
  string: 'a text',
  boolean: 'true or false',
  object: 'a map of settings',
  record: 'a map of settings',
  array: 'a list',
};

/** What a schema allows, for the issues to which the schema itself has no words. */
export function allowed(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `${TYPES[issue.expected] ?? issue.expected} is allowed`;
    case 'too_small':
      return `${bounded(issue.origin, String(issue.minimum), issue.inclusive === false ? 'above' : 'from')} is allowed`;
    case 'too_big':
      return `${bounded(issue.origin, String(issue.maximum), issue.inclusive === false ? 'below' : 'up to')} is allowed`;
    case 'invalid_value':
      return suggestion(String(issue.input), issue.values.map(String));
    default:
      return 'another value is needed';
  }
}

function bounded(origin: string, limit: string, direction: string): string {
  const noun = origin === 'array' ? 'a number of entries' : 'a number';
  return `${noun} ${direction} ${limit}`;
}

/** A value as the file shows it, shortened, without the user and password of a URL. */
export function found(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'object' && value !== null) return 'a map';
  const text = JSON.stringify(typeof value === 'string' ? value.replace(/\/\/[^/@]*@/, '//***@') : value);
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}...`;
}
