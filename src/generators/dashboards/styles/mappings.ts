import { MappingType, type ValueMapping } from '@grafana/grafana-foundation-sdk/dashboard';

/** Shows a text, in a colour, in place of one number. */
export function wordFor(value: number, text: string, color: string): ValueMapping {
  return { type: MappingType.ValueToText, options: { [String(value)]: { text, color, index: 0 } } };
}
