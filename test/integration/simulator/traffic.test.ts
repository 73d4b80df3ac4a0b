import { startTraffic } from '../../../src/simulator/index.js';
import { MIX } from '../../../src/simulator/traffic/mix.js';
import { startServer } from '../../helpers/startServer.js';
import { until } from '../../helpers/until.js';
import { withSimulator } from '../../helpers/withSimulator.js';

describe('the traffic', () => {
  it('calls every model, fails and leaves now and then, and its counts are those of the ledger', () =>
    withSimulator({}, async ({ url, simulator }) => {
      const traffic = await startTraffic({ baseUrl: `${url}/v1`, requestsPerSecond: 400 });
      await until(() => traffic.summary().sent >= 300, '300 calls');
      await until(() => traffic.summary().succeeded >= 250, '250 successes');
      const summary = await traffic.stop();
      await until(() => simulator.ledger.report().inFlight === 0, 'the last call to end');

      const { rows } = simulator.ledger.report();
      expect(new Set(rows.map(({ model }) => model))).toEqual(new Set(MIX.map(({ model }) => model)));
      expect(rows.map(({ outcome }) => outcome)).toContain('cut');
      expect(summary.left).toBeGreaterThan(0);
      expect(summary.inFlight).toBe(0);
      expect(summary.succeeded + summary.failed + summary.left).toBe(summary.sent);
    }));

  it('names the application and the feature of each call', async () => {
    const seen = new Set<string>();
    await withSimulator({}, async ({ url }) => {
      const server = await startServer((request, response) => {
        seen.add(`${String(request.headers['x-promptmeter-app'])}/${String(request.headers['x-promptmeter-feature'])}`);
        response.writeHead(307, { location: `${url}${request.url ?? ''}` }).end();
      });
      const traffic = await startTraffic({ baseUrl: `${server.url}/v1`, requestsPerSecond: 400 });
      const expected = new Set(MIX.map(({ app, feature }) => `${app}/${feature}`));
      await until(() => seen.size >= expected.size, 'a call of each sort');
      await traffic.stop();
      await server.close();
      expect(seen).toEqual(expected);
    });
  });

  it('leaves calls out instead of piling them up when nothing is answered', () =>
    withSimulator({}, async ({ url, simulator }) => {
      simulator.control.setFaults([{ kind: 'timeout', probability: 1 }]);
      const traffic = await startTraffic({ baseUrl: `${url}/v1`, requestsPerSecond: 400, mostInFlight: 5 });
      await until(() => traffic.summary().skipped >= 20, 'calls to be left out');
      expect(traffic.summary()).toMatchObject({ sent: 5, inFlight: 5 });
      expect(await traffic.stop()).toMatchObject({ left: 5, inFlight: 0 });
    }));

  it('stops when its signal aborts', () =>
    withSimulator({ speed: 0.001 }, async ({ url, simulator }) => {
      const stopping = new AbortController();
      const options = { baseUrl: `${url}/v1`, requestsPerSecond: 400, signal: stopping.signal };
      const traffic = await startTraffic(options);
      await until(() => simulator.ledger.report().inFlight > 3, 'calls under way');
      stopping.abort();
      await until(() => traffic.summary().inFlight === 0 && simulator.ledger.report().inFlight === 0, 'all to end');
      const { sent } = traffic.summary();
      expect((await traffic.stop()).sent).toBe(sent);
    }));
});
