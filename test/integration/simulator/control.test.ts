import { withSimulator } from '../../helpers/withSimulator.js';

const ask = { model: 'gpt-4o', messages: [{ role: 'user' as const, content: 'hi' }] };

const send = (url: string, method: string, path: string, body?: unknown, type = 'application/json') =>
  fetch(`${url}/_control${path}`, {
    method,
    headers: { 'content-type': type },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });

describe('the control of the simulator', () => {
  it('makes calls of one model fail until the fault is taken away', () =>
    withSimulator({}, async ({ url, client }) => {
      const faults = [{ kind: '503', models: ['gpt-4o'] }];
      const state: unknown = await (await send(url, 'PUT', '', { faults })).json();
      expect(state).toEqual({ faults: [{ kind: '503', probability: 1, models: ['gpt-4o'] }], incidents: [] });
      await expect(client.chat.completions.create(ask)).rejects.toMatchObject({ status: 503 });
      await client.chat.completions.create({ ...ask, model: 'gpt-4o-mini' });
      await send(url, 'PUT', '', { faults: [] });
      await client.chat.completions.create(ask);
    }));

  it('ends an incident when its time has passed', async () => {
    let now = Date.parse('2026-01-01T00:00:00Z');
    await withSimulator({ now: () => now }, async ({ url, simulator }) => {
      await send(url, 'POST', '/incidents', { kind: 'cost', severity: 'warning', seconds: 60 });
      expect(simulator.control.state().incidents).toMatchObject([
        { kind: 'cost', severity: 'warning', until: '2026-01-01T00:01:00.000Z' },
      ]);
      now += 59_999;
      expect(simulator.control.state().incidents).toHaveLength(1);
      now += 1;
      expect(simulator.control.state().incidents).toEqual([]);
    });
  });

  it('keeps incidents of different kinds, replaces one of the same kind, and clears all', () =>
    withSimulator({}, async ({ url, simulator }) => {
      await send(url, 'POST', '/incidents', { kind: 'latency', severity: 'warning', seconds: 60 });
      await send(url, 'POST', '/incidents', { kind: 'errors', seconds: 60 });
      await send(url, 'POST', '/incidents', { kind: 'latency', seconds: 60 });
      const kinds = simulator.control.state().incidents.map(({ kind, severity }) => `${kind} ${severity}`);
      expect(kinds.sort()).toEqual(['errors critical', 'latency critical']);
      await send(url, 'DELETE', '/incidents');
      expect(simulator.control.state().incidents).toEqual([]);
    }));

  it('makes about 40 % of the calls fail in an incident of errors', () =>
    withSimulator({}, async ({ client, simulator }) => {
      simulator.control.startIncident({ kind: 'errors', seconds: 600 });
      const calls = Array.from({ length: 500 }, () => client.chat.completions.create({ ...ask, stream: false }));
      const failed = (await Promise.allSettled(calls)).filter(({ status }) => status === 'rejected').length;
      expect(failed / calls.length).toBeGreaterThan(0.35);
      expect(failed / calls.length).toBeLessThan(0.45);
    }));

  it.each([
    ['an unknown fault', 'PUT', '', { faults: [{ kind: 'flood' }] }, 'faults.0.kind'],
    ['a probability above 1', 'PUT', '', { faults: [{ kind: '500', probability: 2 }] }, 'faults.0.probability'],
    ['an unknown incident', 'POST', '/incidents', { kind: 'fire', seconds: 5 }, 'kind'],
    ['an incident without an end', 'POST', '/incidents', { kind: 'cost' }, 'seconds'],
    ['an unknown key', 'PUT', '', { fault: [] }, 'fault'],
    ['malformed JSON', 'PUT', '', '{', 'JSON'],
  ])('refuses %s and says where the mistake is', (_, method, path, body, place) =>
    withSimulator({}, async ({ url, simulator }) => {
      const response = await send(url, method, path, body);
      expect(response.status).toBe(400);
      expect(await response.text()).toContain(place);
      expect(simulator.control.state()).toEqual({ faults: [], incidents: [] });
    }),
  );

  it('refuses what a page in a browser could send from another site', () =>
    withSimulator({}, async ({ url }) => {
      const incident = { kind: 'errors', seconds: 60 };
      expect((await send(url, 'POST', '/incidents', incident, 'text/plain')).status).toBe(400);
    }));
});
