import { setTimeout as wait } from 'node:timers/promises';
import { createSimulator } from '../../../src/simulator/createSimulator.js';
import { eventually } from '../../helpers/eventually.js';
import { temporaryFolder } from '../../helpers/temporaryFolder.js';
import { complaintsOf } from '../complaintsOf.js';
import { sumOf } from '../exposition.js';
import { FAST_MODELS, SPEED } from '../mixed/mixedTraffic.js';
import { Scraper } from '../mixed/Scraper.js';
import { Traffic } from '../mixed/Traffic.js';
import { Claims, type Phase } from '../Phase.js';
import { RunningServe } from '../RunningServe.js';
import { CallLog } from './CallLog.js';
import { compareCalls } from './compareCalls.js';
import { Followed } from './Followed.js';

export interface WorkerKillSettings {
  readonly seconds: number;
  readonly seed: number;
  readonly clients: number;
}

const WORKERS = 3;
/** With the console, the log tells of every call how it was counted. */
const CONFIGURATION = `gateway: { workers: ${WORKERS}, timeout: 5s }\nreporters: [console, prometheus]\n`;
/** Longer than this, and a worker has lived long enough for the next to be started at once. */
const LONGEST_PAUSE_MS = 4000;

/** Mixed traffic through several workers, of which one is killed with SIGKILL again and again. Every call is followed. */
export async function workerKills({ seconds, seed, clients }: WorkerKillSettings): Promise<Phase> {
  const folder = temporaryFolder();
  folder.write('promptmeter.yaml', CONFIGURATION);
  const simulator = createSimulator({ seed, speed: SPEED, models: FAST_MODELS });
  const { url } = await simulator.listen();
  const log = new CallLog();
  const serve = await RunningServe.start({
    cwd: folder.path,
    upstream: `${url}/v1`,
    logLevel: 'info',
    onLog: log.take,
  });
  const followed = new Followed();
  const pauseMs = Math.min(LONGEST_PAUSE_MS, (seconds * 1000) / 4);
  try {
    const scraper = new Scraper(serve.metricsUrl);
    const traffic = new Traffic({ gatewayUrl: serve.gatewayUrl, seed, clients, follow: followed.ended });
    const killed: number[] = [];
    for (let passed = pauseMs; passed < seconds * 1000; passed += pauseMs) {
      await wait(pauseMs);
      const [oldest] = log.workers;
      if (oldest === undefined || killed.includes(oldest)) continue;
      process.kill(oldest, 'SIGKILL');
      killed.push(oldest);
    }
    await eventually('the last kill to be told of, and as many workers as before', () =>
      Promise.resolve((log.ended.length === killed.length && log.workers.length === WORKERS) || undefined),
    );
    await traffic.stop();
    await scraper.stop();
    const samples = await serve.scrape();
    const counted = [...log.counted.values()].flat().length;
    const { rows, endedYetLost, missed, problems } = compareCalls(followed, log);
    const ledger = simulator.ledger.report();
    const atUpstream = ledger.rows.reduce((sum, { calls }) => sum + calls, 0);

    const claims = new Claims();
    claims.holds(
      `${killed.length} times a worker was killed with SIGKILL in the midst of calls, and each time another took its place.`,
      killed.length > 0 &&
        log.begun === WORKERS + killed.length &&
        log.ended.every(({ pid, signal }, at) => pid === killed[at] && signal === 'SIGKILL'),
      `${killed.length} workers were killed, ${log.ended.length} ended and ${log.begun - WORKERS} were started anew`,
    );
    claims.holds(
      `${followed.calls.size} calls were made, none was counted twice, and each whose end its client saw was counted as that end.${atTheVeryEnd(endedYetLost)}`,
      problems.length === 0 && endedYetLost <= killed.length,
      [
        ...problems,
        ...(endedYetLost > killed.length ? [`${endedYetLost} calls that had ended count as lost`] : []),
      ].join('; '),
    );
    claims.holds(
      `By its own ledger the upstream saw ${atUpstream} calls; ${missed === 0 ? 'each' : `each but ${missed}, at most one for each kill,`} is counted.`,
      missed <= killed.length && atUpstream === followed.upstream.size && ledger.inFlight === 0,
      `the upstream’s ledger has ${atUpstream} calls and ${ledger.inFlight} in flight, ${followed.upstream.size} requests came to it, and ${missed} of them are not counted`,
    );
    claims.holds(
      `/metrics has ${counted} calls, as many as were told of one by one, and none in flight.`,
      sumOf(samples, 'ai_requests_total') === counted && sumOf(samples, 'ai_requests_in_flight') === 0,
      `/metrics has ${sumOf(samples, 'ai_requests_total')} calls of ${counted}, and ${sumOf(samples, 'ai_requests_in_flight')} in flight`,
    );
    claims.holds(
      `${scraper.scrapes} scrapes with a second between them, all answered, the longest in ${scraper.longestMs.toFixed(0)} ms; no counter ever fell, for it is not the workers that keep them.`,
      scraper.problems.length === 0 && scraper.scrapes > 0,
      scraper.problems.join('; '),
    );
    const { areExcused, other, findings } = complaintsOf(log.complaints);
    claims.holds(
      `But for the workers that ended, no process logged any ${other}warning or error: no rejection was left unhandled.`,
      areExcused,
      `the processes complained: ${log.complaints.join(' ')}`,
    );
    return {
      title: 'Workers killed under load',
      intro: `\`gateway.workers: ${WORKERS}\`, ${clients} clients for ${seconds} s with the mixed traffic from above, a worker killed with SIGKILL every ${pauseMs / 1000} s. Each call is followed by its trace: how its client saw it end, whether the upstream saw it, how it was counted.`,
      head: [
        'as its client saw it',
        'calls',
        'counted once, as that',
        'counted once, as lost with the worker',
        'never got to the upstream, not counted',
      ],
      rows: rows.map(([sort, row]) => [
        sort === 'none' ? 'the connection closed before an answer' : sort,
        ...[row.calls, row.counted, row.lost, row.unknown].map(String),
      ]),
      findings: [...claims.findings, ...findings],
      problems: claims.problems,
    };
  } finally {
    followed.stop();
    await serve.kill();
    await simulator.close();
    folder.remove();
  }
}

function atTheVeryEnd(calls: number): string {
  if (calls === 0) return '';
  return ` ${calls} of them ended in the very moment of a kill, before their worker could tell: these count as lost.`;
}
