import type { Section } from '../Section.js';
import { median, quickest, spread } from '../statistics.js';
import { Caller, type Round } from './Caller.js';
import { KINDS, type Kind } from './kinds.js';
import { isPeer, OURS, OURS_FOLLOWED, variantNames } from './variants.js';

/** One value for each process of a variant, in us. */
interface Taken {
  /** What a measured call takes more than one of the bare client in the same process. */
  readonly added: number[];
  readonly bare: number[];
  /** The same as `added`, but with the blocks in which others disturbed the machine. */
  readonly addedInAll: number[];
}

type Results = ReadonlyMap<Kind, ReadonlyMap<string, Taken>>;

/** What measuring adds to a call in the application's own process. */
export async function inProcess(processes: number): Promise<Section> {
  const names = variantNames();
  const results = new Map(KINDS.map((kind) => [kind, new Map(names.map((name) => [name, newTaken()]))]));
  for (let done = 0; done < processes; done += 1) await measure(names, results);
  return {
    title: 'In process: processor time that one call costs more',
    intro: `Stubbed fetch; ${processes} processes of each variant, in each of them blocks of the bare client in turn with as many of the measured one (${KINDS.map(({ title, block, rounds }) => `${rounds} blocks of ${block} for a ${title}`).join(', ')}), after a warm-up. Every metric of the catalogue on, prices included. The peers are set up as their READMEs do: opentelemetry with metrics, kept until they are read, and spans; traceloop with spans; spans are turned into bytes of OTLP, in batches, which nobody sends. So set up they follow asynchronous work by AsyncLocalStorage, which every promise of the process pays for: the bare client's calls, too. Microseconds of processor time of the whole process, garbage collection included: the median of the processes (and the middle half). What counts are the quickest third of the blocks of each client, since processor time grows by what others do to the caches of the machine; the last column is the median of all blocks.`,
    head: [
      'call',
      'measured by',
      'more than the bare client',
      'the bare client, in the same process',
      'more than the bare client, all blocks',
    ],
    rows: KINDS.flatMap((kind) =>
      names.map((name) => {
        const { added, bare, addedInAll } = taken(results, kind, name);
        return [kind.title, name, spread(added, 1), spread(bare, 1), spread(addedInAll, 1)];
      }),
    ),
    notes: KINDS.map((kind) => note(results, kind, names.filter(isPeer))),
  };
}

const newTaken = (): Taken => ({ added: [], bare: [], addedInAll: [] });

const taken = (results: Results, kind: Kind, name: string): Taken => results.get(kind)?.get(name) ?? newTaken();

/** One process of each variant, block by block in turn, so that whatever disturbs the machine disturbs all alike. */
async function measure(names: readonly string[], results: Results): Promise<void> {
  const callers = names.map((name) => new Caller(name));
  for (const kind of KINDS) {
    const rounds = new Map<Caller, Round[]>(callers.map((caller) => [caller, []]));
    for (let round = -kind.warmUp; round < kind.rounds; round += 1) {
      for (const [caller, counted] of rounds) {
        const took = await caller.round(kind);
        if (round >= 0) counted.push(took);
      }
    }
    for (const [{ variant }, counted] of rounds) {
      const { added, bare, addedInAll } = taken(results, kind, variant);
      const bareTook = quickest(counted.map((round) => round.bare));
      added.push(quickest(counted.map((round) => round.measured)) - bareTook);
      bare.push(bareTook);
      addedInAll.push(median(counted.map((round) => round.measured - round.bare)));
    }
  }
  for (const caller of callers) caller.stop();
}

function note(results: Results, kind: Kind, peers: readonly string[]): string {
  const { added, bare, addedInAll } = taken(results, kind, OURS);
  const ours = median(added);
  const range = `${Math.min(...added).toFixed(1)} to ${Math.max(...added).toFixed(1)}`;
  const own = `${kind.title}: ${ours.toFixed(1)} us added (by process ${range}; all blocks ${median(addedInAll).toFixed(1)}; target ${kind.budget} us)`;
  if (peers.length === 0) return `${own}.`;
  const costOf = (name: string): number => median(taken(results, kind, name).added);
  const shareOf = (costs: readonly number[]): string => `${((100 * ours) / Math.min(...costs)).toFixed(0)} %`;
  const all = peers.map((name) => costOf(name) + median(taken(results, kind, name).bare) - median(bare));
  const followed = Math.min(...peers.map(costOf));
  return `${own}, ${shareOf(all)} of all that the best peer costs a call (target 40 %). Where the application follows asynchronous work anyway: ${costOf(OURS_FOLLOWED).toFixed(1)} us, the best peer ${followed.toFixed(1)} us.`;
}
