import type OpenAI from 'openai';
import { jsonCall, streamCall } from './calls.js';
import type { Section } from './Section.js';
import { median, medianInterval, spread } from './statistics.js';
import { CHUNKS } from './stubFetch.js';
import { BARE, OURS, variants, type Variant } from './variants.js';

interface Kind {
  readonly title: string;
  readonly call: (client: OpenAI) => Promise<void>;
  /** Calls of one block. */
  readonly block: number;
  /** Rounds that aren't counted, until the engine has compiled what there is to compile. */
  readonly warmUp: number;
  /** Microseconds that a call may cost more. */
  readonly budget: number;
}

const KINDS: readonly Kind[] = [
  { title: 'JSON call', call: jsonCall, block: 400, warmUp: 100, budget: 20 },
  { title: `stream of ${CHUNKS} chunks`, call: streamCall, block: 80, warmUp: 200, budget: 70 },
];

/** What measuring adds to a call in the application's own process. */
export async function inProcess(rounds: number): Promise<Section> {
  const all = variants();
  const rows: string[][] = [];
  const notes: string[] = [];
  for (const kind of KINDS) {
    const added = await addedBy(all, kind, rounds);
    const best = Math.min(...all.filter(isPeer).map(({ name }) => median(added.get(name) ?? [])));
    for (const { name } of all) rows.push([kind.title, name, spread(added.get(name) ?? [], 1)]);
    const ours = median(added.get(OURS) ?? []);
    const share = Number.isFinite(best) ? `, ${((100 * ours) / best).toFixed(0)} % of the best peer (target 40 %)` : '';
    const [low, high] = medianInterval(added.get(OURS) ?? []).map((us) => us.toFixed(1));
    notes.push(
      `${kind.title}: ${ours.toFixed(1)} us added (95 % interval of the median: ${low ?? ''} to ${high ?? ''}; target ${kind.budget} us)${share}.`,
    );
  }
  return {
    title: 'In process: processor time that one call costs more',
    intro: `Stubbed fetch, ${rounds} rounds of alternating blocks (${KINDS.map(({ title, block }) => `${block} of a ${title}`).join(', ')}) after a warm-up; every metric of the catalogue on, prices included. opentelemetry keeps metrics until they are read, as Promptmeter does; traceloop turns spans into bytes of OTLP, in batches, which nobody sends. Microseconds of processor time of the whole process, garbage collection included: the median of the rounds (and the middle half). The row of the bare client is its whole call.`,
    head: ['call', 'measured by', 'us'],
    rows,
    notes,
  };
}

const isPeer = ({ name }: Variant): boolean => name !== BARE && name !== OURS;

/** By variant, what each round's block took more than the bare one's of the same round, in us a call. */
async function addedBy(all: readonly Variant[], kind: Kind, rounds: number): Promise<Map<string, number[]>> {
  const added = new Map<string, number[]>(all.map(({ name }) => [name, []]));
  for (let round = -kind.warmUp; round < rounds; round += 1) {
    const took = new Map<string, number>();
    // Another one first in each round, since what comes first pays for the garbage of what came last.
    const order = all
      .map((_, at) => all[(at + round + kind.warmUp) % all.length])
      .filter((variant) => variant !== undefined);
    for (const { name, client } of order) took.set(name, await block(client, kind));
    const bare = took.get(BARE) ?? 0;
    if (round < 0) continue;
    for (const [name, value] of took) added.get(name)?.push(name === BARE ? value : value - bare);
  }
  return added;
}

async function block(client: OpenAI, { call, block: calls }: Kind): Promise<number> {
  const before = process.cpuUsage();
  for (let done = 0; done < calls; done += 1) await call(client);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / calls;
}
