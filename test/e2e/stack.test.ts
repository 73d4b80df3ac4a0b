import { z } from 'zod';
import { committedDashboards, panelQueries } from '../helpers/dashboards.js';
import { commandLinesWith } from '../helpers/commandLines.js';
import { eventually } from '../helpers/eventually.js';
import { seriesOf } from '../helpers/prometheus.js';
import { startPromptmeter, type PromptmeterProcess } from '../helpers/promptmeterProcess.js';
import { ROOT } from '../helpers/repository.js';
import { temporaryFolder } from '../helpers/temporaryFolder.js';
import { FREE_PORTS, partEvents, untilReady, type Ready } from '../helpers/upEvents.js';

/** Thresholds as tight as a test needs them: an incident is seen, and its end too, within seconds. */
const CONFIGURATION = `
gateway: { upstreams: { demo: { baseUrl: '\${PROMPTMETER_DEMO_URL}' } } }
thresholds:
  defaults:
    errorRatio: { warning: 0.2, critical: null, window: 15s, for: 2s, keepFiringFor: 2s, minimumRequests: 8 }
    latencyP95: { warning: null, critical: null }
    firstTokenP95: { warning: null, critical: null }
    costPerHour: { warning: null, critical: null }
slos:
  - { name: availability, objective: 0.99 }
  - { name: latency, objective: 0.95, latencyUnder: 30s }
  - { name: first_token, objective: 0.95, firstTokenUnder: 5s }
budgets:
  - { name: demo, usd: 500, period: daily, where: { provider: demo } }
prometheus: { scrapeInterval: 1s, evaluationInterval: 1s }
`;

const alertNames = z
  .array(z.object({ alertname: z.string() }))
  .transform((all) => all.map(({ alertname }) => alertname));
const received = z.object({ firing: alertNames, resolved: alertNames });

/** What a server says that it is. */
async function versionAt(url: string): Promise<string> {
  return /"version":"([^"]+)"/.exec(await (await fetch(url)).text())?.[1] ?? 'of no version';
}

interface Kind {
  readonly title: string;
  readonly args: readonly string[];
  /** Words on the command lines of what runs, by the project's folder and the gateway's host and port. */
  readonly traces: (folder: string, gateway: string) => readonly string[];
  /** How long an alert may take to come, and then to go: in Docker the repository's own thresholds hold. */
  readonly seconds: { readonly alert: number; readonly end: number };
}

const NATIVE: Kind = {
  title: 'on this machine',
  args: ['--native'],
  traces: (folder, gateway) => [folder, gateway],
  seconds: { alert: 90, end: 90 },
};
const DOCKER: Kind = {
  title: 'in Docker',
  args: ['--docker'],
  traces: () => [`${ROOT}/docker-compose.yml`],
  seconds: { alert: 180, end: 600 },
};

/** A machine without Docker must pass, so Docker is asked for: PROMPTMETER_TEST_DOCKER=1 npm run jest -- test/e2e */
const asked = process.env['PROMPTMETER_TEST_DOCKER'] === '1';
const environment = Object.fromEntries(
  ['DOCKER_HOST', 'DOCKER_BUILDKIT', 'HOME'].flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value]];
  }),
);

describe.each([NATIVE, ...(asked ? [DOCKER] : [])])('the stack $title', ({ title, args, traces, seconds }) => {
  const folder = temporaryFolder();
  let up: PromptmeterProcess;
  let stack: Ready;

  beforeAll(async () => {
    folder.write('promptmeter.yaml', CONFIGURATION);
    up = startPromptmeter(['up', ...args, '--json', ...FREE_PORTS], { cwd: folder.path, env: environment });
    stack = await untilReady(up);
  }, 600_000);

  afterAll(async () => {
    up.kill('SIGINT');
    await up.exit;
    folder.remove();
  });

  const alerts = async () => {
    const response = await fetch(stack.alerts, { headers: { accept: 'application/json' } });
    return received.parse(await response.json());
  };
  const simulate = async (...words: readonly string[]) => {
    const simulator = stack.incident?.split('--simulator-url ')[1] ?? '';
    const command = startPromptmeter(['simulate', 'incident', ...words], {
      cwd: folder.path,
      env: { PROMPTMETER_SIMULATOR_URL: simulator },
    });
    expect(await command.exit).toBe(0);
  };

  it('has every part healthy that this machine can have', () => {
    const healthy = partEvents(up).filter(({ state }) => state === 'healthy');
    expect(healthy.map(({ part }) => part)).toEqual(
      expect.arrayContaining(['simulator', 'exporter', 'prometheus', 'alertmanager', 'traffic']),
    );
    expect(partEvents(up).filter(({ state }) => state === 'failed')).toEqual([]);
  });

  it.each(
    committedDashboards()
      .flatMap(panelQueries)
      .map((query) => [`${query.dashboard}, ${query.panel}, ${query.refId}`, query.expr]),
  )(
    'draws something from the first minute on: %s',
    async (_, expr) => {
      const series = await eventually(expr, async () => {
        const answer = await seriesOf(stack.prometheus ?? '', expr);
        return answer.length > 0 ? answer : undefined;
      });
      expect(series).not.toEqual([]);
    },
    100_000,
  );

  it('delivers an alert when calls begin to fail, and its end when they succeed again', async () => {
    expect((await alerts()).firing).not.toContain('AIErrorRatioHigh');
    const began = performance.now();
    await simulate('errors', '--for', '10m');
    await eventually(
      'an alert at the receiver',
      async () => ((await alerts()).firing.includes('AIErrorRatioHigh') ? true : undefined),
      seconds.alert,
    );
    const detected = performance.now();
    await simulate('clear');
    await eventually(
      'the end of the alert',
      async () => {
        const { firing, resolved } = await alerts();
        return !firing.includes('AIErrorRatioHigh') && resolved.includes('AIErrorRatioHigh') ? true : undefined;
      },
      seconds.end,
    );
    const tenths = (from: number, to: number) => ((to - from) / 1000).toFixed(1);
    const end = tenths(detected, performance.now());
    const servers = [
      `Prometheus ${await versionAt(`${stack.prometheus ?? ''}/api/v1/status/buildinfo`)}`,
      `Alertmanager ${await versionAt(`${stack.alertmanager ?? ''}/api/v2/status`)}`,
    ];
    process.stdout.write(
      `time to detect ${title} with ${servers.join(' and ')}: delivered after ${tenths(began, detected)} s, resolved after ${end} s\n`,
    );
  }, 900_000);

  it('ends with code 0 on one Ctrl-C and leaves no process behind', async () => {
    const words = traces(folder.path, new URL(stack.openaiBaseUrl).host);
    expect(commandLinesWith(words)).not.toEqual([]);
    up.kill('SIGINT');
    expect(await up.exit).toBe(0);
    expect(commandLinesWith(words)).toEqual([]);
    for (const url of [stack.prometheus, stack.alertmanager, stack.alerts, stack.openaiBaseUrl]) {
      await expect(fetch(url ?? '')).rejects.toThrow('fetch failed');
    }
  }, 60_000);
});
