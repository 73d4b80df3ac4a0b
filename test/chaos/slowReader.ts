import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { post } from '../helpers/rawClient.js';
import { chunk, head, startRawUpstream } from '../helpers/rawUpstream.js';
import { temporaryFolder } from '../helpers/temporaryFolder.js';
import { sumOf } from './exposition.js';
import { Claims, type Phase } from './Phase.js';
import { RunningServe } from './RunningServe.js';

export interface SlowReaderSettings {
  readonly seconds: number;
}

const MEGABYTE = 1024 * 1024;
const STREAM_BYTES = 1024 * MEGABYTE;
const MAX_EXTRA_MB = 50;
/** What may be under way between upstream and client: sockets' buffers of four ends, and the gateway's own. */
const MAX_UNDER_WAY_MB = 32;
const READS_PER_SECOND = 20;
const WARM_UP_BYTES = 64 * MEGABYTE;

const EVENT = `data: ${JSON.stringify({ object: 'chat.completion.chunk', model: 'gpt-4o', choices: [{ index: 0, delta: { content: 'x'.repeat(16_000) }, finish_reason: null }] })}\n\n`;

/** An upstream that offers a stream of 1 GB as fast as it is taken, and a client that takes 1 MB of it a second and then leaves. */
export async function slowReader({ seconds }: SlowReaderSettings): Promise<Phase> {
  const piece = chunk(Buffer.from(EVENT));
  let offered = 0;
  const connection = { closed: false };
  const upstream = await startRawUpstream(async (socket) => {
    const gone = new Promise<void>((resolve) => {
      socket.once('close', () => {
        connection.closed = true;
        resolve();
      });
    });
    socket.write(
      head('200 OK', [
        ['content-type', 'text/event-stream'],
        ['transfer-encoding', 'chunked'],
      ]),
    );
    while (offered < STREAM_BYTES && !socket.destroyed) {
      offered += piece.length;
      if (!socket.write(piece)) await Promise.race([drained(socket), gone]);
    }
  });
  const folder = temporaryFolder();
  const serve = await RunningServe.start({ cwd: folder.path, upstream: upstream.baseUrl });
  try {
    // A process that has carried nothing yet has a small heap, whose growth is no matter of the reader's pace.
    await readFast(callStream(serve), WARM_UP_BYTES);
    await closing(() => connection.closed);
    connection.closed = false;
    offered = 0;
    const before = serve.megabytes;
    const client = callStream(serve);
    let read = 0;
    let highest = before;
    for (let step = 0; step < seconds * READS_PER_SECOND; step += 1) {
      read += take(client, MEGABYTE / READS_PER_SECOND);
      highest = Math.max(highest, serve.megabytes);
      await wait(1000 / READS_PER_SECOND);
    }
    const underWay = (offered - read) / MEGABYTE;
    client.destroy();
    const isClosed = await closing(() => connection.closed);
    const after = offered;
    const counted = sumOf(await serve.scrape(), 'ai_requests_total', { status: 'aborted_stream' });

    const extra = highest - before;
    const claims = new Claims();
    claims.holds(
      `Memory grew by at most ${extra.toFixed(0)} MB (allowed: ${MAX_EXTRA_MB}).`,
      extra < MAX_EXTRA_MB,
      `memory grew by ${extra.toFixed(0)} MB, more than ${MAX_EXTRA_MB}`,
    );
    claims.holds(
      `The upstream was held back: ${underWay.toFixed(0)} MB more than the client had read were under way, most of it in the sockets.`,
      underWay < MAX_UNDER_WAY_MB && read > 0,
      `the client had read ${read} bytes and the upstream had given out ${underWay.toFixed(0)} MB more`,
    );
    claims.holds(
      'When the client left, the connection to the upstream was closed, nothing more was taken of the stream, and the call counted as aborted.',
      isClosed && after < STREAM_BYTES && counted === 2,
      `after the client left: upstream ${isClosed ? 'closed' : 'still open'}, ${counted} calls counted as aborted`,
    );
    return {
      title: 'A slow reader of a fast upstream',
      intro: `The upstream offers 1 GB as fast as it is taken; the client takes 1 MB a second for ${seconds} s and leaves.`,
      head: ['', 'MB'],
      rows: [
        ['read by the client', (read / MEGABYTE).toFixed(1)],
        ['given out by the upstream', (offered / MEGABYTE).toFixed(1)],
        ['memory of the process before', before.toFixed(0)],
        ['highest while it lasted', highest.toFixed(0)],
      ],
      findings: claims.findings,
      problems: claims.problems,
    };
  } finally {
    await serve.kill();
    await upstream.close();
    folder.remove();
  }
}

function drained(socket: Socket): Promise<void> {
  return new Promise((resolve) => socket.once('drain', resolve));
}

function callStream(serve: RunningServe): Socket {
  const client = connect(Number(serve.ports.gateway), '127.0.0.1');
  client.on('error', () => undefined);
  client.write(post('/v1/chat/completions', '{"model":"gpt-4o","stream":true,"messages":[]}'));
  return client;
}

/** Takes so many bytes as fast as they come, and leaves. */
async function readFast(client: Socket, bytes: number): Promise<void> {
  let read = 0;
  client.on('data', (part) => {
    read += part.length;
    if (read >= bytes) client.destroy();
  });
  await once(client, 'close');
}

/** Whether it closes within ten seconds. */
async function closing(isClosed: () => boolean): Promise<boolean> {
  for (let look = 0; look < 1000 && !isClosed(); look += 1) await wait(10);
  return isClosed();
}

/** Takes up to so many bytes of what has come. */
function take(socket: Socket, bytes: number): number {
  const part: unknown = socket.read(Math.min(bytes, Math.max(1, socket.readableLength)));
  return Buffer.isBuffer(part) ? part.length : 0;
}
