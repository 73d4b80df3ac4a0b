import { setTimeout as wait } from 'node:timers/promises';
import type { Section } from '../Section.js';
import { HeldClients } from './HeldClients.js';
import { HeldUpstream } from './HeldUpstream.js';
import { TellingProxy } from './TellingProxy.js';

/** Chunks of a stream at which memory is measured. */
const SHORT = 50;
const LONG = 500;

interface Measured {
  /** Bytes that each stream takes more than its idle connections did. */
  readonly short: number;
  readonly long: number;
  /** The most that was resident while all streams were open, in MB. */
  readonly resident: number;
}

/** What many streams at once take: in all, and each of them beside what any proxy needs. */
export async function streams(number: number): Promise<Section> {
  const ours = await measure(number, (upstream) => TellingProxy.promptmeter(upstream));
  const bare = await measure(number, (upstream) => TellingProxy.unmetered(upstream));
  const row = (name: string, { short, long, resident }: Measured): string[] => [
    name,
    resident.toFixed(0),
    kilobytes(short),
    kilobytes(long),
  ];
  const own = Math.max(ours.short - bare.short, ours.long - bare.long);
  return {
    title: `${number.toLocaleString('en')} streams at once`,
    intro: `Streams that are all open at the same time, each on a connection of its own. Resident memory of the process in MB, the most of three measurements; and what a stream takes on the heap and in buffers after garbage collection, in KB, more than its idle connections took before. The unmetered proxy is undici's dispatch API on node:http: what it takes is theirs.`,
    head: ['proxy', 'resident, MB', `a stream after ${SHORT} chunks, KB`, `after ${LONG} chunks, KB`],
    rows: [row('Promptmeter', ours), row('undici dispatch', bare)],
    notes: [
      `serve holds ${number.toLocaleString('en')} streams in ${ours.resident.toFixed(0)} MB (target 300 MB).`,
      `A stream takes ${kilobytes(own)} KB more than in the unmetered proxy (target: at most 4 KB), and ${kilobytes(ours.long - ours.short)} KB more after ${LONG} chunks than after ${SHORT} (unmetered: ${kilobytes(bare.long - bare.short)} KB).`,
    ],
  };
}

/** The first round, in which connections are made and everything gets warm, counts for nothing. */
async function measure(number: number, start: (upstream: string) => Promise<TellingProxy>): Promise<Measured> {
  const upstream = new HeldUpstream();
  const clients = new HeldClients();
  const proxy = await start(await upstream.start());
  const open = async (): Promise<void> => {
    clients.ask();
    while (upstream.streams < number) await wait(20);
    await upstream.send(SHORT);
    await clients.got(SHORT);
  };
  try {
    await clients.connect(proxy.url, number);
    await open();
    upstream.finish();
    await clients.got(SHORT + 1);
    const idle = await proxy.bytes();
    await open();
    const resident = [proxy.residentMegabytes];
    const short = (await proxy.bytes()) - idle;
    await upstream.send(LONG - SHORT);
    await clients.got(LONG);
    resident.push(proxy.residentMegabytes);
    const long = (await proxy.bytes()) - idle;
    resident.push(proxy.residentMegabytes);
    return { short: short / number, long: long / number, resident: Math.max(...resident) };
  } finally {
    clients.stop();
    proxy.stop();
    upstream.stop();
  }
}

const kilobytes = (bytes: number): string => (bytes / 1024).toFixed(1);
