/** The input cut at these positions, in any order. */
export function cutAt(input: Uint8Array, positions: readonly number[]): Uint8Array[] {
  const sorted = [0, ...[...positions].sort((a, b) => a - b), input.length];
  return sorted.slice(1).map((end, index) => input.slice(sorted[index], end));
}
