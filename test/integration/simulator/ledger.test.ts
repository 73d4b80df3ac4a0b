import { collect } from '../../helpers/collect.js';
import { until } from '../../helpers/until.js';
import { withSimulator } from '../../helpers/withSimulator.js';

const messages = [{ role: 'user' as const, content: 'How are you?' }];

describe('the ledger', () => {
  it('holds exactly the tokens that clients were told', () =>
    withSimulator({}, async ({ client, simulator, url }) => {
      const told = { prompt: 0, completion: 0 };
      for (let i = 0; i < 5; i += 1) {
        const chat = await client.chat.completions.create({ model: 'o4-mini', messages });
        const stream = await client.chat.completions.create({
          model: 'o4-mini',
          messages,
          stream: true,
          stream_options: { include_usage: true },
        });
        const response = await client.responses.stream({ model: 'o4-mini', input: 'hi' }).finalResponse();
        for (const usage of [chat.usage!, (await collect(stream)).at(-1)!.usage!]) {
          told.prompt += usage.prompt_tokens;
          told.completion += usage.completion_tokens;
        }
        told.prompt += response.usage!.input_tokens;
        told.completion += response.usage!.output_tokens;
      }
      const { rows, inFlight } = simulator.ledger.report();
      expect(rows.map(({ path, stream, calls, usageTold }) => ({ path, stream, calls, usageTold }))).toEqual([
        { path: '/v1/chat/completions', stream: false, calls: 5, usageTold: 5 },
        { path: '/v1/chat/completions', stream: true, calls: 5, usageTold: 5 },
        { path: '/v1/responses', stream: true, calls: 5, usageTold: 5 },
      ]);
      expect(rows.reduce((sum, row) => sum + row.promptTokens, 0)).toBe(told.prompt);
      expect(rows.reduce((sum, row) => sum + row.completionTokens, 0)).toBe(told.completion);
      expect(inFlight).toBe(0);
      expect(await (await fetch(`${url}/_control/ledger`)).json()).toEqual({ rows, inFlight });
    }));

  it('says when a client was not told its usage', () =>
    withSimulator({}, async ({ client, simulator }) => {
      await collect(await client.chat.completions.create({ model: 'gpt-4o', messages, stream: true }));
      expect(simulator.ledger.report().rows).toMatchObject([{ calls: 1, usageTold: 0, outcome: 'answered' }]);
    }));

  it.each(['break', 'abort'])('counts only what was sent before a client left by %s', (how) =>
    withSimulator({ speed: 1 }, async ({ client, simulator }) => {
      const stream = await client.chat.completions.create({ model: 'gpt-4o', messages, stream: true });
      let seen = 0;
      for await (const { choices } of stream) {
        seen += choices.length;
        if (seen < 4) continue;
        if (how === 'break') break;
        stream.controller.abort();
      }
      await until(() => simulator.ledger.report().inFlight === 0, 'the call to end');
      const { rows } = simulator.ledger.report();
      expect(rows).toMatchObject([{ outcome: 'client_left', status: 200, calls: 1, usageTold: 0 }]);
      expect(rows[0]!.completionTokens).toBeGreaterThanOrEqual(3);
      expect(rows[0]!.promptTokens).toBe(10);
    }),
  );

  it('does not grow by the names that clients make up', () =>
    withSimulator({}, async ({ client, simulator }) => {
      for (let i = 0; i < 50; i += 1) {
        await client.chat.completions.create({ model: `made-up-${i}`, messages }).catch(() => undefined);
        await client.get(`/made/up/${i}`).catch(() => undefined);
      }
      expect(simulator.ledger.report().rows.map(({ path, model, calls }) => ({ path, model, calls }))).toEqual([
        { path: '/v1/chat/completions', model: 'none', calls: 50 },
        { path: 'other', model: 'none', calls: 50 },
      ]);
    }));

  it('counts a client that leaves before its body has come', () =>
    withSimulator({}, async ({ url, simulator }) => {
      const leaving = new AbortController();
      const body = new ReadableStream({
        pull: (stream) => {
          stream.enqueue(new TextEncoder().encode('{'));
          leaving.abort();
        },
      });
      const options = { method: 'POST', body, duplex: 'half', signal: leaving.signal } as const;
      await expect(fetch(`${url}/v1/chat/completions`, options)).rejects.toThrow();
      await until(() => simulator.ledger.report().inFlight === 0, 'the call to end');
    }));

  it('forgets on demand', () =>
    withSimulator({}, async ({ client, simulator, url }) => {
      await client.models.list();
      await fetch(`${url}/_control/ledger`, { method: 'DELETE' });
      expect(simulator.ledger.report()).toEqual({ inFlight: 0, rows: [] });
    }));
});
