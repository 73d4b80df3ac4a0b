import { waysTo } from './bodyWays.js';
import { ChunkIterator } from './ChunkIterator.js';
import { EventWays } from './EventWays.js';

type Iterate = () => AsyncIterator<unknown, unknown>;

/** Has this stream of the SDK, made of this response, tell of its chunks, if it is made in a way that is known. */
export function tellOf(stream: unknown, response: Response): void {
  const ways = waysTo(response);
  if (!(ways instanceof EventWays) || typeof stream !== 'object' || stream === null) return;
  const iterate: unknown = Reflect.get(stream, 'iterator');
  if (typeof iterate !== 'function') return;
  Reflect.set(stream, 'iterator', () => new ChunkIterator(Reflect.apply(iterate as Iterate, stream, []), ways.events));
}
