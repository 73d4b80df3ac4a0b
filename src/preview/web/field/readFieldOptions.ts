import { readLinks } from '../dashboard/readPanel.js';
import { numberOf, objectOf, objectsOf, textOf, type Json } from '../json.js';
import type { FieldOptions, Thresholds } from './FieldOptions.js';
import { readMappings } from './readMappings.js';

/** Reads the options of a field config, in which overrides are already applied. */
export function readFieldOptions(json: Json): FieldOptions {
  const color = objectOf(json['color']);
  return {
    unit: textOf(json['unit']),
    decimals: numberOf(json['decimals']),
    min: numberOf(json['min']),
    max: numberOf(json['max']),
    displayName: textOf(json['displayName']),
    noValue: textOf(json['noValue']),
    color: { mode: textOf(color['mode']), fixed: textOf(color['fixedColor'], 'gray') },
    thresholds: readThresholds(objectOf(json['thresholds'])),
    mappings: readMappings(json['mappings']),
    links: readLinks(json['links']),
    custom: objectOf(json['custom']),
  };
}

/** Without thresholds everything is green. */
function readThresholds(json: Json): Thresholds {
  const steps = objectsOf(json['steps']).map((step) => ({
    from: numberOf(step['value']) ?? -Infinity,
    color: textOf(step['color'], 'green'),
  }));
  return {
    mode: json['mode'] === 'percentage' ? 'percentage' : 'absolute',
    steps: steps.length === 0 ? [{ from: -Infinity, color: 'green' }] : steps,
  };
}
