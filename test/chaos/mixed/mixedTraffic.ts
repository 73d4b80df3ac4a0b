import { setTimeout as wait } from 'node:timers/promises';
import { createSimulator } from '../../../src/simulator/createSimulator.js';
import { SIMULATED_MODELS } from '../../../src/simulator/models.js';
import { temporaryFolder } from '../../helpers/temporaryFolder.js';
import { complaintsOf } from '../complaintsOf.js';
import { Claims, type Phase } from '../Phase.js';
import { RunningServe } from '../RunningServe.js';
import { compare, HEAD } from './compare.js';
import { Scraper } from './Scraper.js';
import { Traffic } from './Traffic.js';

export interface MixedSettings {
  readonly seconds: number;
  readonly seed: number;
  readonly clients: number;
}

/** The upstream is fast and refuses nobody but those that are to be refused. */
export const FAST_MODELS = SIMULATED_MODELS.map((model) => ({
  ...model,
  requestsPerMinute: 1e9,
  tokensPerMinute: 1e12,
}));
export const SPEED = 10;
const CONFIGURATION = 'gateway: { timeout: 5s }\n';
/** How long descriptors may take to be closed once nobody uses them. */
const CLOSING_MS = 20_000;

/**
 * Mixed traffic with every fault for so long; then a rest, in which nothing may be left over; then traffic again, and
 * SIGTERM in the midst of it.
 */
export async function mixedTraffic({ seconds, seed, clients }: MixedSettings): Promise<Phase> {
  const folder = temporaryFolder();
  folder.write('promptmeter.yaml', CONFIGURATION);
  const simulator = createSimulator({ seed, speed: SPEED, models: FAST_MODELS });
  const { url } = await simulator.listen();
  const serve = await RunningServe.start({ cwd: folder.path, upstream: `${url}/v1` });
  const claims = new Claims();
  try {
    const idle = serve.descriptors;
    const scraper = new Scraper(serve.metricsUrl);
    const first = new Traffic({ gatewayUrl: serve.gatewayUrl, seed, clients });
    await wait(seconds * 1000 * 0.8);
    await first.stop();
    simulator.dropConnections();
    // The scraper's own connection is the one more.
    const left = await settled(() => serve.descriptors, idle + 1);
    claims.holds(
      `At rest after ${first.tally.total} calls the process has as many descriptors open as before the first (${idle}).`,
      left <= idle + 1,
      `${left - idle - 1} descriptors are open that were not before the first call`,
    );
    const rest = compare(first.tally, await serve.scrape(), simulator.ledger.report());

    const second = new Traffic({ gatewayUrl: serve.gatewayUrl, seed: seed + 1, clients, tally: first.tally });
    await wait(seconds * 1000 * 0.2);
    await second.stayUntilAnswered();
    serve.process.kill('SIGTERM');
    await second.stop();
    await scraper.untilRefused();
    const code = await serve.process.exit;
    const end = compare(second.tally, scraper.last, simulator.ledger.report());

    claims.holds(
      `${second.tally.total} calls were made, and each was counted once, as what its client saw.`,
      rest.problems.length + end.problems.length === 0,
      [...rest.problems.map((problem) => `at rest: ${problem}`), ...end.problems].join('; '),
    );
    claims.holds(
      `SIGTERM under load: every call that had begun ended as it would have, the last scrape has them all, and the process ended with 0.`,
      code === 0,
      `after SIGTERM the process ended with ${code}`,
    );
    claims.holds(
      `${scraper.scrapes} scrapes, one a second, all answered; the longest took ${scraper.longestMs.toFixed(0)} ms. No counter ever fell.`,
      scraper.problems.length === 0,
      scraper.problems.join('; '),
    );
    const { areExcused, other, findings } = complaintsOf(serve.complaints);
    claims.holds(
      `The process logged no ${other}warning and no ${other}error: no rejection was left unhandled.`,
      areExcused,
      `the process complained: ${serve.complaints.join(' ')}`,
    );
    return {
      title: 'Mixed traffic with every fault',
      intro: `${clients} clients for ${seconds} s, seed ${seed}: 80 % streams; an upstream that resets, cuts, stalls, refuses and comes in storms of 429; clients that read slowly or leave; a scrape a second. Every row is one sort of call.`,
      head: HEAD,
      rows: end.rows,
      findings: [...claims.findings, ...findings, ...end.notes],
      problems: claims.problems,
    };
  } finally {
    await serve.kill();
    await simulator.close();
    folder.remove();
  }
}

/** Looks until the number is not above the goal any more, or the time is over; tells what it came to. */
async function settled(look: () => number, goal: number): Promise<number> {
  const giveUpAt = performance.now() + CLOSING_MS;
  while (look() > goal && performance.now() < giveUpAt) await wait(50);
  return look();
}
