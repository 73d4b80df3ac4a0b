import fc from 'fast-check';
import { wireStrings } from '../../../src/gateway/wireStrings.js';

test('wherever the parts lie in memory, each is text of one character a byte', () => {
  const block = Buffer.from(Array.from({ length: 512 }, (_, at) => at % 256));
  const view = fc.tuple(fc.nat(500), fc.nat(12)).map(([from, length]) => block.subarray(from, from + length));
  const apart = fc.uint8Array({ maxLength: 12 }).map((bytes) => Buffer.from(bytes));
  fc.assert(
    fc.property(fc.array(fc.oneof(view, apart), { maxLength: 12 }), (parts) => {
      expect(wireStrings(parts)).toEqual(parts.map((part) => part.toString('latin1')));
    }),
  );
});
