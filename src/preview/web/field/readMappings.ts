import { isObject, numberOf, objectOf, objectsOf, textOf, type Json } from '../json.js';
import { patternOf } from '../query/variableQuery.js';
import type { Mapping } from './FieldOptions.js';

/** Grafana's four kinds of value mapping. */
export function readMappings(value: unknown): readonly Mapping[] {
  return objectsOf(value).flatMap((json): readonly Mapping[] => {
    const options = objectOf(json['options']);
    const result = objectOf(options['result']);
    switch (json['type']) {
      case 'value':
        return Object.entries(options)
          .filter((entry): entry is [string, Json] => isObject(entry[1]))
          .map(([text, own]) => ({ matches: (cell) => String(cell) === text, ...resultOf(own) }));
      case 'range': {
        const [from, to] = [numberOf(options['from']) ?? -Infinity, numberOf(options['to']) ?? Infinity];
        return [{ matches: (cell) => typeof cell === 'number' && cell >= from && cell <= to, ...resultOf(result) }];
      }
      case 'regex': {
        const pattern = patternOf(textOf(options['pattern']));
        return [{ matches: (cell) => pattern?.test(String(cell)) ?? false, ...resultOf(result) }];
      }
      case 'special':
        return [{ matches: special(textOf(options['match'])), ...resultOf(result) }];
      default:
        return [];
    }
  });
}

function resultOf(json: Json): Pick<Mapping, 'text' | 'color'> {
  const [text, color] = [textOf(json['text']), textOf(json['color'])];
  return { text: text === '' ? undefined : text, color: color === '' ? undefined : color };
}

function special(match: string): Mapping['matches'] {
  if (match === 'null' || match === 'nan' || match === 'null+nan') return (cell) => cell === null;
  if (match === 'empty') return (cell) => cell === '';
  return (cell) => String(cell) === match;
}
