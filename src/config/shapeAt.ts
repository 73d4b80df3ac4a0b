import { z } from 'zod';

/** The keys that a schema allows at a path, or none where it takes any. */
export function keysAt(schema: z.core.$ZodType, path: readonly PropertyKey[]): string[] {
  const found = path.reduce<z.core.$ZodType | undefined>((at, key) => step(at, key), schema);
  const bare = unwrap(found);
  return bare instanceof z.ZodObject ? Object.keys(shapeOf(bare)) : [];
}

function step(schema: z.core.$ZodType | undefined, key: PropertyKey): z.core.$ZodType | undefined {
  const bare = unwrap(schema);
  if (bare instanceof z.ZodObject) return shapeOf(bare)[String(key)];
  if (bare instanceof z.ZodRecord) return bare.valueType;
  if (bare instanceof z.ZodArray) return bare.element;
  return undefined;
}

function unwrap(schema: z.core.$ZodType | undefined): z.core.$ZodType | undefined {
  return schema instanceof z.ZodOptional || schema instanceof z.ZodNullable ? unwrap(schema.unwrap()) : schema;
}

function shapeOf(schema: z.ZodObject): Readonly<Record<string, z.core.$ZodType | undefined>> {
  return schema.shape;
}
