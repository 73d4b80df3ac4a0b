import { once } from 'node:events';
import { chmodSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { run } from '../../../src/cli/run.js';
import { commandLinesWith } from '../../helpers/commandLines.js';
import { eventually } from '../../helpers/eventually.js';
import { startPromptmeter, type PromptmeterProcess } from '../../helpers/promptmeterProcess.js';
import { temporaryFolder, type TemporaryFolder } from '../../helpers/temporaryFolder.js';
import { testIo } from '../../helpers/testIo.js';
import { FREE_PORTS, partEvents, untilReady } from '../../helpers/upEvents.js';

const UP = ['up', '--native', '--no-demo', '--json', ...FREE_PORTS];
let folder: TemporaryFolder;
const started: PromptmeterProcess[] = [];

beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(async () => {
  for (const each of started.splice(0)) {
    each.kill('SIGKILL');
    await each.exit;
  }
  folder.remove();
});

/** `up` where nothing is on the PATH but what `programs` holds. */
function startUp(programs: Readonly<Record<string, string>> = {}): PromptmeterProcess {
  for (const [name, script] of Object.entries(programs)) {
    folder.write(`programs/${name}`, `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder.path, 'programs', name), 0o755);
  }
  const env = {
    PATH: '/nowhere',
    XDG_CACHE_HOME: folder.path,
    PROMPTMETER_PROGRAMS: join(folder.path, 'programs'),
  };
  const up = startPromptmeter(UP, { cwd: folder.path, env });
  started.push(up);
  return up;
}

async function listening(): Promise<{ readonly server: Server; readonly port: string }> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return { server, port: typeof address === 'object' && address !== null ? String(address.port) : '' };
}

describe('promptmeter up --native', () => {
  it('tells of each alert that is delivered, and of its end', async () => {
    const up = startUp();
    const { alerts } = await untilReady(up);
    const labels = { alertname: 'AIErrorRatioHigh', severity: 'critical' };
    for (const status of ['firing', 'resolved']) {
      const annotations = { summary: 'gpt-4o fails' };
      const body = JSON.stringify({
        version: '4',
        alerts: [{ status, labels, annotations, startsAt: '2026-01-01T00:00:00Z', endsAt: '2026-01-01T00:05:00Z' }],
      });
      const answer = await fetch(alerts, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
      expect(answer.ok).toBe(true);
      const told = { alert: status, ...labels, ...annotations };
      await eventually(`the ${status} alert`, () =>
        Promise.resolve(up.out.some((line) => isDeepStrictEqual(JSON.parse(line), told)) ? true : undefined),
      );
    }
    up.kill('SIGTERM');
    expect(await up.exit).toBe(0);
  });

  it('names what cannot be had and runs the rest', async () => {
    const up = startUp();
    const { openaiBaseUrl, prometheus } = await untilReady(up);
    expect(prometheus).toBeNull();
    expect((await fetch(new URL('/healthz', openaiBaseUrl))).status).toBeGreaterThan(0);
    const missing = partEvents(up).filter(({ state }) => state === 'missing');
    expect(missing.map(({ part }) => part)).toEqual(['prometheus', 'alertmanager', 'grafana']);
    for (const { reason } of missing) expect(reason).toMatch(/get it from https:\/\//);
    up.kill('SIGTERM');
    expect(await up.exit).toBe(0);
  });

  it('stops everything when an essential part dies, and says why', async () => {
    const up = startUp({ prometheus: 'echo "the disk is full" >&2; exit 3' });
    expect(await up.exit).toBe(69);
    expect(partEvents(up)).toContainEqual(
      expect.objectContaining({ part: 'prometheus', state: 'failed', reason: 'exited with code 3' }),
    );
    expect(up.out.join('\n')).toContain('the disk is full');
    expect(up.err.at(-1)).toMatch(
      /^promptmeter: prometheus exited with code 3, so everything was stopped; .* says why$/,
    );
    expect(readFileSync(join(folder.path, '.promptmeter/logs/prometheus.log'), 'utf8')).toBe('the disk is full\n');
    expect(commandLinesWith([folder.path])).toEqual([]);
  });

  it('tells of a part that is not essential and goes on', async () => {
    const up = startUp({ grafana: 'echo "no such home" >&2; exit 1' });
    await untilReady(up);
    expect(partEvents(up)).toContainEqual(expect.objectContaining({ part: 'grafana', state: 'failed' }));
    up.kill('SIGINT');
    expect(await up.exit).toBe(0);
  });

  it('stops while parts are still starting', async () => {
    const up = startUp({ prometheus: `exec ${process.execPath} -e "setInterval(() => {}, 1e6)" ${folder.path}` });
    await up.printed(3);
    expect(commandLinesWith([`1e6) ${folder.path}`])).toHaveLength(1);
    up.kill('SIGINT');
    expect(await up.exit).toBe(0);
    expect(commandLinesWith([folder.path])).toEqual([]);
  });

  it('names every port that is taken before it starts anything', async () => {
    const [gateway, metrics] = [await listening(), await listening()];
    const io = testIo({ cwd: folder.path, env: { PROMPTMETER_METRICS_PORT: metrics.port } });
    const args = UP.filter((word, index) => word !== '--metrics-port' && UP[index - 1] !== '--metrics-port');
    expect(await run([...args, '--gateway-port', gateway.port], io)).toBe(69);
    for (const { server } of [gateway, metrics]) server.close();
    expect(io.err.at(-1)).toBe(
      `promptmeter: another program has port ${gateway.port} of the gateway (--gateway-port), ` +
        `port ${metrics.port} of the exporter (--metrics-port); ` +
        'stop it, or give the option with another port, 0 for any free one',
    );
    expect(io.out).toEqual([]);
  });

  it.each([
    [['--prometheus-port', 'http'], /PROMPTMETER_PROMETHEUS_PORT is "http"; a port from 0 to 65535 is allowed/],
    [['--grafana-port', '65536'], /PROMPTMETER_GRAFANA_PORT is "65536"; a port from 0 to 65535 is allowed/],
    [['--docker'], /--docker and --native exclude each other; give one of them/],
  ])('refuses %j in one sentence', async (args, message) => {
    const io = testIo({ cwd: folder.path });
    expect(await run(['up', '--native', ...args], io)).toBe(64);
    expect(io.err).toEqual([expect.stringMatching(message)]);
  });

  it('leaves out the demo where the configuration has no upstream for it', async () => {
    const io = testIo({ cwd: folder.path, env: { PATH: '/nowhere', XDG_CACHE_HOME: folder.path } });
    const ended = run(['up', '--native', '--json', ...FREE_PORTS], {
      ...io,
      onStop: (stop) => (stop('SIGTERM', false), () => undefined),
    });
    expect(await ended).toBe(0);
    expect(io.out[0]).toContain('"part":"demo","state":"missing"');
  });
});
