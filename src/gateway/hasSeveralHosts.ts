const HOST = 'host';

/**
 * Whether a request names more than one host, which RFC 9112 (3.2) has refused: whoever passed it on may have gone by
 * another than we would.
 * @param raw names and values in turn
 */
export function hasSeveralHosts(raw: readonly string[]): boolean {
  let hosts = 0;
  for (let at = 0; at < raw.length; at += 2) {
    const name = raw[at] ?? '';
    if (name.length === HOST.length && name.toLowerCase() === HOST) hosts += 1;
  }
  return hosts > 1;
}
