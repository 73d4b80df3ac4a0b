import type { FieldConfig, FieldOverride } from '../dashboard/Dashboard.js';
import { nameOf, type Field, type Frame } from '../frames/Frame.js';
import { placesByName } from '../format/palette.js';
import { isObject, objectOf, textOf, textsOf, type Json } from '../json.js';
import { interpolate } from '../query/interpolate.js';
import { patternOf } from '../query/variableQuery.js';
import type { Scope } from '../query/VariableValue.js';
import type { FieldOptions } from './FieldOptions.js';
import { readFieldOptions } from './readFieldOptions.js';

/** A field with all that's needed to show it. */
export interface StyledField extends Field {
  /** The name that is shown. */
  readonly title: string;
  readonly options: FieldOptions;
  /** Its place among the panel's number fields, which gives it its colour of the palette. */
  readonly index: number;
  /** Its place in the palette of colours by name. */
  readonly namePlace: number;
}

export interface StyledFrame extends Frame {
  readonly fields: readonly StyledField[];
}

/** Applies a panel's defaults and overrides to every field. */
export function styleFields(frames: readonly Frame[], config: FieldConfig, scope: Scope): readonly StyledFrame[] {
  let index = -1;
  const titled = frames.map((frame) => ({
    ...frame,
    fields: frame.fields.map((field) => {
      const options = optionsFor(field, frame, config);
      const title = options.displayName === '' ? nameOf(field) : displayName(options.displayName, field, scope);
      return { ...field, title, options };
    }),
  }));
  const all = titled.flatMap(({ fields }) => fields).filter(({ type }) => type === 'number');
  const isFixed = ({ options }: (typeof all)[number]): boolean => options.color.mode === 'fixed';
  const places = placesByName(
    all.filter((field) => !isFixed(field)).map(({ title }) => title),
    all.filter(isFixed).map(({ options }) => options.color.fixed),
  );
  return titled.map((frame) => ({
    ...frame,
    fields: frame.fields.map((field) => {
      if (field.type === 'number') index += 1;
      return { ...field, index: Math.max(index, 0), namePlace: places.get(field.title) ?? 0 };
    }),
  }));
}

/** The options of a panel where it has no field, for instance because there is no data. */
export function defaultOptions({ defaults }: FieldConfig): FieldOptions {
  return readFieldOptions(defaults);
}

function optionsFor(field: Field, frame: Frame, { defaults, overrides }: FieldConfig): FieldOptions {
  const json = overrides
    .filter(({ matcher }) => matches(matcher, field, frame))
    .flatMap(({ properties }) => properties)
    .reduce((config, { id, value }) => withValue(config, id.split('.'), value), defaults);
  return readFieldOptions(json);
}

function matches({ id, options }: FieldOverride['matcher'], field: Field, frame: Frame): boolean {
  switch (id) {
    case 'byName':
      return nameOf(field) === options || field.name === options;
    case 'byNames':
      return textsOf(objectOf(options)['names']).includes(nameOf(field));
    case 'byRegexp':
      return patternOf(textOf(options))?.test(nameOf(field)) ?? false;
    case 'byFrameRefID':
      return frame.refId === options;
    case 'byType':
      return field.type === options;
    default:
      return false;
  }
}

/** The object with the value at a path such as `custom.lineWidth`. */
function withValue(json: Json, [key, ...rest]: readonly string[], value: unknown): Json {
  if (key === undefined) return isObject(value) ? value : json;
  return { ...json, [key]: rest.length === 0 ? value : withValue(objectOf(json[key]), rest, value) };
}

function displayName(template: string, field: Field, scope: Scope): string {
  const named = template
    .replace(/\$\{__field\.labels\.(\w+)\}/g, (_, label: string) => field.labels[label] ?? '')
    .replace(/\$\{__field\.(?:name|displayName)\}|\$\{__series\.name\}/g, () => nameOf(field));
  return interpolate(named, scope);
}
