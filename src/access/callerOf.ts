/**
 * Who is at the other end, as far as failures are counted: the address of the connection, never of a header. One who has
 * an IPv6 network has all of its addresses, so its first 64 bits count.
 */
export function callerOf({ remoteAddress = '' }: { readonly remoteAddress?: string | undefined }): string {
  const v4 = /^(?:::ffff:)?(\d+\.\d+\.\d+\.\d+)$/i.exec(remoteAddress)?.[1];
  if (v4 !== undefined) return v4;
  const [head = '', tail] = remoteAddress.split('%')[0]?.split('::') ?? [];
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? [] : Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0');
  return `${[...before, ...zeros, ...after].slice(0, 4).join(':')}::/64`;
}
