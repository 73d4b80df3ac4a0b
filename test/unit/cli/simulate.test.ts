import { run } from '../../../src/cli/run.js';
import { testIo, type TestIo } from '../../helpers/testIo.js';
import { until } from '../../helpers/until.js';
import { withSimulator } from '../../helpers/withSimulator.js';

/** Runs a command that goes on until it is told to stop, and stops it after `use`. */
async function whileRunning(args: readonly string[], io: TestIo, use: () => Promise<void>): Promise<number> {
  const exitCode = run(args, io);
  try {
    await use();
  } finally {
    io.stop();
  }
  return exitCode;
}

describe('simulate api', () => {
  it('prints where it listens, answers there, and stops when told to', async () => {
    const io = testIo();
    const exitCode = await whileRunning(['simulate', 'api', '--port', '0', '--speed', '1000'], io, async () => {
      await until(() => io.out.length > 0, 'the line that says where it listens');
      const line = JSON.parse(io.out[0]!) as { listening: string; url: string };
      expect(line.listening).toBe('simulator');
      expect((await fetch(`${line.url}/_control`)).status).toBe(200);
    });
    expect(exitCode).toBe(0);
    expect(io.err).toEqual([]);
  });

  it('takes its port and address from the environment', async () => {
    const io = testIo({ env: { PROMPTMETER_SIMULATOR_PORT: '0', PROMPTMETER_SIMULATOR_HOST: 'localhost' } });
    await whileRunning(['simulate', 'api'], io, () => until(() => io.out.length > 0, 'the line'));
    expect(io.out[0]).toMatch(/"url":"http:\/\/localhost:\d+"/);
  });

  it('says what to do when the port is taken', () =>
    withSimulator({}, async ({ url }) => {
      const io = testIo();
      expect(await run(['simulate', 'api', '--port', new URL(url).port], io)).toBe(69);
      expect(io.err).toEqual([
        expect.stringMatching(/can't listen on 127\.0\.0\.1:\d+ .*; choose another with --port/),
      ]);
    }));
});

describe('simulate traffic', () => {
  it('waits for the base URL, calls it, and prints what came of it', () =>
    withSimulator({}, async ({ url, simulator }) => {
      const io = testIo();
      const args = ['simulate', 'traffic', '--base-url', `${url}/v1`, '--rate', '200', '--json'];
      const exitCode = await whileRunning(args, io, () =>
        until(() => simulator.ledger.report().rows.length > 5, 'calls'),
      );
      expect(exitCode).toBe(0);
      expect(JSON.parse(io.out[0]!)).toMatchObject({ inFlight: 0, skipped: 0 });
    }));

  it('stops by itself after --for', () =>
    withSimulator({}, async ({ url }) => {
      const io = testIo();
      const args = ['simulate', 'traffic', '--base-url', `${url}/v1`, '--rate', '100', '--for', '200ms'];
      expect(await run(args, io)).toBe(0);
      expect(io.out).toEqual([expect.stringMatching(/^\d+ calls: \d+ succeeded/)]);
    }));

  it('can be stopped while it waits', async () => {
    const io = testIo();
    const args = ['simulate', 'traffic', '--base-url', 'http://127.0.0.1:1/v1'];
    const exitCode = await whileRunning(args, io, () => until(() => io.err.length > 0, 'the message'));
    expect(exitCode).toBe(0);
    expect(io.err).toEqual(['Waiting for http://127.0.0.1:1/v1 to answer.']);
    expect(io.out).toEqual([]);
  });
});

describe('simulate incident', () => {
  it.each([
    ['latency', 'AILatencyP95High and AIFirstTokenP95High'],
    ['errors', 'AIErrorRatioHigh'],
    ['cost', 'AICostPerHourHigh'],
  ])('%s begins, and says until when and which alerts to expect', (kind, alerts) =>
    withSimulator({ now: () => Date.parse('2026-01-01T00:00:00Z') }, async ({ url, simulator }) => {
      const io = testIo();
      const args = ['simulate', 'incident', kind, '--for', '1h30m', '--severity', 'warning', '--simulator-url', url];
      expect(await run(args, io)).toBe(0);
      expect(io.out).toEqual([
        `Incident ${kind} (warning) until 2026-01-01T01:30:00.000Z.`,
        `Expect ${alerts} with severity warning, once their windows and waits have passed.`,
      ]);
      expect(simulator.control.state().incidents).toMatchObject([{ kind, severity: 'warning' }]);
    }),
  );

  it('takes the simulator from the environment, prints JSON, and clears', () =>
    withSimulator({}, async ({ url, simulator }) => {
      const io = testIo({ env: { PROMPTMETER_SIMULATOR_URL: url } });
      expect(await run(['simulate', 'incident', 'errors', '--json'], io)).toBe(0);
      expect(JSON.parse(io.out[0]!)).toMatchObject({
        incidents: [{ kind: 'errors', severity: 'critical' }],
        expect: { alerts: ['AIErrorRatioHigh'], severity: 'critical' },
      });
      expect(await run(['simulate', 'incident', 'clear'], io)).toBe(0);
      expect(simulator.control.state().incidents).toEqual([]);
    }));

  it('says so when what answers is no simulator', () =>
    withSimulator({}, async ({ url }) => {
      const io = testIo();
      expect(await run(['simulate', 'incident', 'errors', '--simulator-url', `${url}/v1`], io)).toBe(69);
      expect(io.err).toEqual([`promptmeter: ${url}/v1 is not a simulator; name one with --simulator-url`]);
    }));
});

describe('mistakes', () => {
  it.each([
    [['simulate', 'incident', 'fire'], 64, /Allowed choices are latency, errors, cost, clear/],
    [['simulate', 'incident', 'cost', '--for', 'soon'], 64, /A duration such as 30s, 5m or 1h30m is allowed/],
    [['simulate', 'incident', 'cost', '--for', '2d'], 64, /seconds/],
    [['simulate', 'incident', 'cost', '--severity', 'dire'], 64, /Allowed choices are warning, critical/],
    [['simulate', 'incident', 'cost', '--simulator-url', 'http://127.0.0.1:1'], 69, /no simulator answers/],
    [['simulate', 'traffic', '--base-url', 'localhost:8080'], 64, /give an http:\/\/ or https:\/\/ URL/],
    [['simulate', 'traffic', '--metrics-url', 'localhost:9464'], 64, /give --metrics-url or PROMPTMETER_METRICS_URL/],
    [['simulate', 'traffic', '--rate', '0'], 64, /A number above 0 is allowed/],
    [['simulate', 'api', '--port', '70000'], 64, /A port from 0 to 65535 is allowed/],
    [['simulate', 'api', '--speed', 'fast'], 64, /A number above 0 is allowed/],
  ])('%j is answered with one sentence and exit code %d', (args, expected, message) =>
    withSimulator({}, async ({ url }) => {
      const io = testIo({ env: { PROMPTMETER_SIMULATOR_URL: url } });
      expect(await run(args, io)).toBe(expected);
      expect(io.err).toEqual([expect.stringMatching(message)]);
      expect(io.out).toEqual([]);
    }),
  );

  it('names the variable that holds no port', async () => {
    const io = testIo({ env: { PROMPTMETER_SIMULATOR_PORT: 'http' } });
    expect(await run(['simulate', 'api'], io)).toBe(64);
    expect(io.err).toEqual([expect.stringMatching(/PROMPTMETER_SIMULATOR_PORT is "http"; set it to a port/)]);
  });
});
