import { startTraffic, type Traffic, type TrafficOptions } from '../../../src/simulator/index.js';
import { MIX } from '../../../src/simulator/traffic/mix.js';
import { startServer } from '../../helpers/startServer.js';
import { until } from '../../helpers/until.js';
import { withSimulator } from '../../helpers/withSimulator.js';

/** Traffic that ends with the test, however the test ends. */
async function withTraffic(options: TrafficOptions, use: (traffic: Traffic) => Promise<void>): Promise<void> {
  const traffic = await startTraffic({ requestsPerSecond: 100, ...options });
  try {
    await use(traffic);
  } finally {
    await traffic.stop();
  }
}

describe('the traffic', () => {
  it('calls every model, fails and leaves now and then, and its counts are those of the ledger', () =>
    withSimulator({}, ({ url, simulator }) =>
      withTraffic({ baseUrl: `${url}/v1` }, async (traffic) => {
        await until(() => traffic.summary().sent >= 120, '120 calls');
        const summary = await traffic.stop();
        await until(() => simulator.ledger.report().inFlight === 0, 'the last call to end');

        const { rows } = simulator.ledger.report();
        expect(new Set(rows.map(({ model }) => model))).toEqual(new Set(MIX.map(({ model }) => model)));
        expect(rows.map(({ status }) => status)).toContain(429);
        expect(summary.left).toBeGreaterThan(0);
        expect(summary.inFlight).toBe(0);
        expect(summary.succeeded + summary.failed + summary.left).toBe(summary.sent);
      }),
    ));

  it('names the application and the feature of each call', async () => {
    const expected = new Set(MIX.map(({ app, feature }) => `${app}/${feature}`));
    const seen = new Set<string>();
    const server = await startServer(({ headers }, response) => {
      seen.add(`${String(headers['x-promptmeter-app'])}/${String(headers['x-promptmeter-feature'])}`);
      response.writeHead(400).end();
    });
    try {
      await withTraffic({ baseUrl: `${server.url}/v1` }, () =>
        until(() => seen.size >= expected.size, 'a call of each sort'),
      );
      expect(seen).toEqual(expected);
    } finally {
      await server.close();
    }
  });

  it('leaves calls out instead of piling them up when nothing is answered', () =>
    withSimulator({}, async ({ url, simulator }) => {
      simulator.control.setFaults([{ kind: 'timeout', probability: 1 }]);
      await withTraffic({ baseUrl: `${url}/v1`, mostInFlight: 5 }, async (traffic) => {
        await until(() => traffic.summary().skipped >= 20, 'calls to be left out');
        expect(traffic.summary()).toMatchObject({ sent: 5, inFlight: 5 });
        expect(await traffic.stop()).toMatchObject({ left: 5, inFlight: 0 });
      });
    }));

  it('stops when its signal aborts', () =>
    withSimulator({ speed: 0.001 }, async ({ url, simulator }) => {
      const stopping = new AbortController();
      await withTraffic({ baseUrl: `${url}/v1`, signal: stopping.signal }, async (traffic) => {
        await until(() => simulator.ledger.report().inFlight > 3, 'calls under way');
        stopping.abort();
        await until(() => traffic.summary().inFlight === 0, 'the calls to end');
        await until(() => simulator.ledger.report().inFlight === 0, 'the simulator to notice');
        const { sent } = traffic.summary();
        expect((await traffic.stop()).sent).toBe(sent);
      });
    }));
});
