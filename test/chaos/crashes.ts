import { createSimulator } from '../../src/simulator/createSimulator.js';
import { Ledger } from '../../src/simulator/Ledger.js';
import { temporaryFolder, type TemporaryFolder } from '../helpers/temporaryFolder.js';
import { Calls } from './Calls.js';
import { prepareEngines, SPENT, type Engines } from './engines.js';
import { sumOf } from './exposition.js';
import { Claims, type Phase } from './Phase.js';
import { prometheusValue } from './prometheusValue.js';
import { RunningServe } from './RunningServe.js';
import { eventually } from '../helpers/eventually.js';

export interface CrashSettings {
  /** Calls between two crashes. */
  readonly calls: number;
}

/** How far two sums of the same prices may lie apart by rounding, in US dollars. */
const ROUNDING = 1e-9;

/** Each part of the stack is killed with SIGKILL in turn, while calls are made, and brought back. */
export async function crashes({ calls: number }: CrashSettings): Promise<Phase> {
  const folder = temporaryFolder();
  const ledger = new Ledger();
  let simulator = createSimulator({ speed: 10, ledger });
  const { url, port } = await simulator.listen();
  const start = (ports?: RunningServe['ports']): Promise<RunningServe> =>
    RunningServe.start({ cwd: folder.path, upstream: `${url}/v1`, ...(ports !== undefined && { ports }) });
  let serve = await start();
  const engines = await started(folder, serve);
  const claims = new Claims();
  const rows: string[][] = [];
  const spentIs = (usd: number): Promise<number> => untilSpent(engines, usd);
  try {
    const calls = new Calls(serve.gatewayUrl);
    // A process that has not been seen before any call would begin its counters at what they are.
    await spentIs(0);

    // More than after it: a process that has spent as much as the one before is not told from it by a sum.
    await calls.make(2 * number);
    const before = await costs(serve);
    rows.push(['calls before', String(2 * number), before.toFixed(6), (await spentIs(before)).toFixed(6)]);

    const hanging = calls.begin(number);
    await hanging.begun;
    await serve.kill();
    const broken = await hanging.ends;
    serve = await start(serve.ports);
    claims.holds(
      `serve killed with ${number} streams in flight: every client saw its stream broken, none a clean end.`,
      broken.every((seen) => seen === 'broken'),
      `serve was killed, and clients saw their streams end as ${[...new Set(broken)].join(', ')}`,
    );
    await calls.make(number);
    const after = await costs(serve);
    const spent = await spentIs(before + after);
    rows.push(['calls after serve was killed', String(number), after.toFixed(6), spent.toFixed(6)]);
    const [samples, resets] = [
      await serve.scrape(),
      await prometheusValue(engines.prometheus.url, 'sum(resets(ai_cost_usd_total[1h]))'),
    ];
    claims.holds(
      'Only what was in flight was lost: the budget has the cost of all other calls, from before and after.',
      Math.abs(spent - before - after) < ROUNDING &&
        sumOf(samples, 'ai_requests_total') === number &&
        (resets ?? 0) > 0,
      `the budget has ${spent} US dollars of ${before + after}, the new process ${sumOf(samples, 'ai_requests_total')} calls of ${number}, and Prometheus saw ${resets} resets`,
    );
    claims.holds(
      'Nothing is in flight in the new process.',
      sumOf(samples, 'ai_requests_in_flight') === 0,
      'calls of the killed process are still in flight',
    );

    await engines.prometheus.kill();
    const alone = await calls.make(number);
    const servesOn = await isServing(serve);
    await engines.prometheus.start();
    const total = before + (await costs(serve));
    const caughtUp = await spentIs(total);
    rows.push([
      'calls while Prometheus was away',
      String(number),
      (total - before - after).toFixed(6),
      caughtUp.toFixed(6),
    ]);
    claims.holds(
      'Prometheus killed and brought back: calls and /metrics went on, and its budget made up for what was spent meanwhile.',
      servesOn && alone.every((seen) => seen === 'whole') && Math.abs(caughtUp - total) < ROUNDING,
      `with Prometheus away calls ended as ${[...new Set(alone)].join(', ')}; afterwards its budget had ${caughtUp} US dollars of ${total}`,
    );

    await engines.alertmanager.kill();
    const heard = deliveries(serve);
    const without = await calls.make(number);
    const stillServing = await isServing(serve);
    await engines.alertmanager.start();
    const delivered = await moreThan(heard, () => deliveries(serve));
    claims.holds(
      'Alertmanager killed and brought back: calls and /metrics went on, and alerts are delivered again.',
      stillServing && without.every((seen) => seen === 'whole') && delivered,
      `with Alertmanager away calls ended as ${[...new Set(without)].join(', ')}; alerts ${delivered ? 'came' : 'did not come'} again`,
    );

    const cut = calls.begin(number);
    await cut.begun;
    await simulator.close();
    const cutEnds = await cut.ends;
    const refused = await calls.make(number);
    const servesAlone = await isServing(serve);
    simulator = createSimulator({ speed: 10, ledger, port });
    await simulator.listen();
    const again = await calls.make(number);
    const end = await serve.scrape();
    claims.holds(
      'The upstream killed in the midst of streams: every client saw its stream broken, never a clean end and never a hang.',
      cutEnds.every((seen) => seen === 'broken') &&
        sumOf(end, 'ai_errors_total', { error_type: 'stream_interrupted' }) === number,
      `the upstream was killed, and clients saw their streams end as ${[...new Set(cutEnds)].join(', ')}`,
    );
    claims.holds(
      'While it was away each call was answered with 502 and counted as failed; back again, it answers.',
      refused.every((seen) => seen === '502') &&
        servesAlone &&
        again.every((seen) => seen === 'whole') &&
        sumOf(end, 'ai_errors_total', { error_type: 'connection' }) === number,
      `with the upstream away calls ended as ${[...new Set(refused)].join(', ')}, and afterwards as ${[...new Set(again)].join(', ')}`,
    );
    return {
      title: 'Crashes',
      intro: `A real Prometheus with the generated rules of a budget, a real Alertmanager, serve and the upstream, each killed with SIGKILL in turn and brought back. US dollars.`,
      head: ['', 'calls', 'cost as /metrics has it', 'budget in Prometheus'],
      rows,
      findings: claims.findings,
      problems: claims.problems,
    };
  } finally {
    await serve.kill();
    await engines.prometheus.kill();
    await engines.alertmanager.kill();
    await simulator.close();
    folder.remove();
  }
}

async function started(folder: TemporaryFolder, serve: RunningServe): Promise<Engines> {
  const engines = await prepareEngines(folder, `127.0.0.1:${serve.ports.metrics}`);
  await engines.alertmanager.start();
  await engines.prometheus.start();
  return engines;
}

async function costs(serve: RunningServe): Promise<number> {
  return sumOf(await serve.scrape(), 'ai_cost_usd_total');
}

async function isServing(serve: RunningServe): Promise<boolean> {
  const answers = await Promise.all(
    ['/metrics', '/healthz', '/readyz'].map((path) => fetch(`${serve.metricsUrl}${path}`)),
  );
  return answers.every(({ ok }) => ok);
}

/** What the budget in Prometheus comes to: the sum expected as soon as it is there, else what it is after a minute. */
async function untilSpent({ prometheus }: Engines, usd: number): Promise<number> {
  let last = NaN;
  const asked = eventually(
    'the budget',
    async () => {
      last = (await prometheusValue(prometheus.url, SPENT)) ?? NaN;
      return Math.abs(last - usd) < ROUNDING ? last : undefined;
    },
    60,
  );
  return await asked.catch(() => last);
}

/** How often the alert that always fires was delivered: one whose Alertmanager has lost its memory is delivered anew. */
function deliveries(serve: RunningServe): number {
  return serve.complaints.filter((line) => line.includes('Alert firing: Always')).length;
}

async function moreThan(number: number, look: () => number): Promise<boolean> {
  const asked = eventually('one more', () => Promise.resolve(look() > number ? true : undefined), 60);
  return await asked.catch(() => false);
}
