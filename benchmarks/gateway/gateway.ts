import type { Section } from '../Section.js';
import { median, spread } from '../statistics.js';
import { KINDS, type KindText } from './kinds.js';
import type { LoadResult } from './load.js';
import { DIRECT, OURS, type ByProxy, type Measured } from './Measured.js';
import { hasHttpProxy } from './proxies/httpProxyPackage.js';
import { hasNginx, startNginx } from './proxies/nginx.js';
import { hasPortkey, startPortkey } from './proxies/portkey.js';
import { startPromptmeter } from './proxies/promptmeter.js';
import { startLoad, startServer, type Load, type ServerRole } from './roles.js';
import type { RunningProxy } from './RunningProxy.js';
import { targets } from './targets.js';

const CONNECTIONS = 50;
const ROUNDS = 5;
const SECONDS = 2;
/** How many times as long the first round is. */
const WARM_UP = 3;

/** The gateway against other proxies, all between one load generator and one upstream without delay. */
export async function gateway(effort: number): Promise<readonly Section[]> {
  const started: { stop(): void }[] = [];
  try {
    const upstream = await startServer('upstream', '');
    started.push(upstream);
    const proxies = new Map<string, RunningProxy>([[DIRECT, upstream]]);
    for (const [name, start] of starters()) {
      const proxy = await start(upstream.url);
      started.push(proxy);
      proxies.set(name, proxy);
    }
    const load = await startLoad();
    started.push(load);
    const measured = await measure(proxies, load, SECONDS * effort);
    return [...KINDS.map((kind) => sectionOf(kind, measured)), targets(measured)];
  } finally {
    for (const each of started) each.stop();
  }
}

/** The first round is longer and counts for nothing: in it the engine compiles what there is to compile. */
async function measure(proxies: ReadonlyMap<string, RunningProxy>, load: Load, seconds: number): Promise<ByProxy> {
  const measured = new Map(
    [...proxies.keys()].map((name) => [name, { json: none(), stream: none(), unasked: none(), apart: none() }]),
  );
  for (let round = 0; round <= ROUNDS; round += 1) {
    const lasting = round === 0 ? WARM_UP * seconds : seconds;
    for (const { kind } of KINDS) {
      for (const [name, proxy] of turned(proxies, round)) {
        const { url, headers } = proxy;
        const before = await proxy.cpuMicroseconds();
        const full = await load.run({ url, headers, kind, connections: CONNECTIONS, seconds: lasting });
        const cpu = (await proxy.cpuMicroseconds()) - before;
        const alone = await load.run({ url, headers, kind, connections: 1, seconds: seconds / 3 });
        const into = measured.get(name)?.[kind];
        if (round > 0 && into !== undefined) note(into, full, cpu, alone);
      }
    }
  }
  return measured;
}

const none = (): Measured => ({ perSecond: [], cpu: [], latency: [], firstByte: [] });

function note(into: Measured, full: LoadResult, cpu: number, alone: LoadResult): void {
  into.perSecond.push(full.calls / full.seconds);
  if (full.calls > 0) into.cpu.push(cpu / full.calls);
  into.latency.push(median(alone.whole));
  into.firstByte.push(median(alone.firstByte));
}

type Start = (upstream: string) => Promise<RunningProxy>;

function starters(): readonly (readonly [name: string, start: Start])[] {
  const server = (role: ServerRole): readonly [string, Start] => [role, (upstream) => startServer(role, upstream)];
  return [
    [OURS, startPromptmeter],
    server('undici dispatch'),
    server('undici.request'),
    server('node:http'),
    ...(hasHttpProxy() ? [server('http-proxy')] : []),
    ...(hasPortkey() ? [['Portkey', startPortkey] as const] : []),
    ...(hasNginx() ? [['nginx', startNginx] as const] : []),
  ];
}

/** Another one first in each round. */
function turned(proxies: ReadonlyMap<string, RunningProxy>, by: number): readonly (readonly [string, RunningProxy])[] {
  const all = [...proxies];
  return [...all.slice(by % all.length), ...all.slice(0, by % all.length)];
}

function sectionOf({ kind, title, intro }: KindText, all: ByProxy): Section {
  const direct = all.get(DIRECT)?.[kind];
  const added = (values: readonly number[], of: readonly number[] = []): string =>
    (median(values) - median(of)).toFixed(2);
  return {
    title: `Gateway: ${title}`,
    intro: `${intro} ${CONNECTIONS} keep-alive connections; medians of ${ROUNDS} rounds in turn (and the middle half). Promptmeter measures everything, the others nothing. The last columns are of one connection: median milliseconds until the first byte of the body and until the last, more than without a proxy.`,
    head: ['proxy', 'a second', 'us of processor time each', 'first byte, ms', 'whole, ms'],
    rows: [...all].map(([name, { [kind]: measured }]) => [
      name,
      spread(measured.perSecond),
      name === DIRECT || measured.cpu.length === 0 ? '' : spread(measured.cpu),
      added(measured.firstByte, direct?.firstByte),
      added(measured.latency, direct?.latency),
    ]),
    notes: leftOut(),
  };
}

function leftOut(): readonly string[] {
  return [
    ...(hasNginx() ? [] : ['Left out: nginx, which is not on PATH.']),
    ...(hasHttpProxy() && hasPortkey() ? [] : ["Left out: http-proxy and Portkey's gateway, which --peers installs."]),
  ];
}
