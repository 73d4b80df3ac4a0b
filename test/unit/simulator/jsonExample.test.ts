import { z } from 'zod';
import { jsonExample } from '../../../src/simulator/jsonExample.js';
import { Random } from '../../../src/simulator/Random.js';

interface Tree {
  readonly value: number;
  readonly children: readonly Tree[];
  readonly next: Tree | null;
}
const tree: z.ZodType<Tree> = z.lazy(() =>
  z.object({ value: z.int(), children: z.array(tree), next: z.nullable(tree) }),
);

const SCHEMAS = {
  'an object': z.object({ a: z.string(), b: z.number().min(5).max(6), c: z.boolean(), d: z.null() }),
  'an enumeration': z.enum(['red', 'green']),
  'a constant': z.literal('only'),
  'a list with a least length': z.array(z.int()).min(4),
  'a union': z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('a'), x: z.string() }),
    z.object({ kind: z.literal('b'), y: z.int() }),
  ]),
  formats: z.object({ at: z.iso.datetime(), mail: z.email(), id: z.uuid(), link: z.url() }),
  'something that may be null': z.nullable(z.string()),
  'an intersection': z.intersection(z.object({ a: z.string() }), z.object({ b: z.int() })),
  'a schema that holds itself': tree,
} satisfies Record<string, z.ZodType>;

describe('jsonExample', () => {
  it.each(Object.entries(SCHEMAS))('fits %s', (_, schema) => {
    for (let seed = 0; seed < 20; seed += 1) {
      const value = jsonExample(z.toJSONSchema(schema), new Random(seed));
      expect(schema.safeParse(value)).toMatchObject({ success: true });
    }
  });

  it.each([undefined, null, 'text', { $ref: '#/nowhere' }, { $ref: '#' }])('comes to an end for %j', (schema) => {
    expect(jsonExample(schema, new Random(1))).toEqual({});
  });
});
