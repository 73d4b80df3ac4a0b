import fc from 'fast-check';

/** Always the same inputs, so that a build never breaks by chance; PROMPTMETER_FUZZ_SEED=2 tries others. */
const SEED = Number(process.env['PROMPTMETER_FUZZ_SEED'] ?? 1);

/** Tries a property on so many inputs. */
export function tryMany<T>(inputs: number, arbitrary: fc.Arbitrary<T>, holds: (input: T) => void): void {
  fc.assert(fc.property(arbitrary, holds), { numRuns: inputs, seed: SEED });
}

/** The same inputs for what can't be tried in one go. */
export function samples<T>(inputs: number, arbitrary: fc.Arbitrary<T>): T[] {
  return fc.sample(arbitrary, { numRuns: inputs, seed: SEED });
}

/** Texts put together from pieces, up to so many. */
export function texts(pieces: readonly string[], most: number): fc.Arbitrary<string> {
  return fc.array(fc.constantFrom(...pieces), { maxLength: most }).map((chosen) => chosen.join(''));
}

/** Values where numbers, texts and the like are expected: right, wrong, extreme and absurd. */
export const LEAVES: readonly unknown[] = [
  ...[0, 1, 7, -1, 0.5, 1e308, -0, 2 ** 53, 4_294_967_296, 1e-320],
  ...[
    '',
    'gpt-4o',
    '1',
    'NaN',
    '__proto__',
    'constructor',
    '\0',
    '\ud800',
    '{{x}}',
    '"',
    '\n',
    'stop',
    '9'.repeat(400),
  ],
  ...[true, false, null, undefined, [], {}, [null], [[]], [{}]],
];

/** Objects of these keys, nested, with such leaves; `__proto__` among the keys. */
export function objectsOf(keys: readonly string[], depth = 4): fc.Arbitrary<unknown> {
  const leaf = fc.constantFrom(...LEAVES);
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof({ maxDepth: depth, depthSize: 'small' }, leaf, tie('object'), tie('list')),
    object: fc
      .array(fc.tuple(fc.constantFrom(...keys, '__proto__', 'constructor'), tie('value')), { maxLength: 5 })
      .map((entries) => Object.fromEntries(entries)),
    list: fc.array(tie('value'), { maxLength: 3 }),
  }));
  return value;
}
