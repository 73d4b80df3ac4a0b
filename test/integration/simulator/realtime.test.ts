import net from 'node:net';
import OpenAI from 'openai';
import { OpenAIRealtimeWS } from 'openai/realtime/ws';
import { until } from '../../helpers/until.js';
import { startGateway } from '../../helpers/withGateway.js';
import { withSimulator } from '../../helpers/withSimulator.js';

/** Asks for this many answers, closes, and tells what came. */
async function session(baseURL: string, answers: number, faults = ''): Promise<string[]> {
  const headers = faults === '' ? {} : { 'x-simulate': faults };
  const client = new OpenAI({ apiKey: 'sk-test', baseURL });
  const options = { createConnection: net.connect, headers };
  const realtime = new OpenAIRealtimeWS({ model: 'gpt-realtime', options }, client);
  const types: string[] = [];
  let done = 0;
  realtime.on('error', () => types.push('an error'));
  realtime.on('event', ({ type }) => {
    types.push(type);
    if (type === 'response.done') done += 1;
    if (done === answers) realtime.close();
    else if (type === 'session.created' || type === 'response.done') realtime.send({ type: 'response.create' });
  });
  await new Promise((resolve) => realtime.socket.once('close', resolve));
  return types;
}

test('the gateway counts of a session what the simulator gave out', async () => {
  await withSimulator({}, async ({ simulator, url }) => {
    const gateway = await startGateway(`${url}/v1`);

    const types = await session(`${gateway.url}/v1`, 3);

    expect(types.filter((type) => type !== 'response.output_text.delta')).toEqual([
      'session.created',
      ...Array<string[]>(3).fill(['response.created', 'response.done']).flat(),
    ]);
    await until(() => simulator.ledger.report().inFlight === 0, 'the end at the simulator');
    await until(() => gateway.reporter.ended.length > 0, 'the end at the gateway');
    const [row] = simulator.ledger.report().rows;
    expect(row).toMatchObject({ path: '/v1/realtime', status: 101, outcome: 'answered', usageTold: 1 });
    expect(gateway.reporter.ended).toEqual([
      [
        'ai_request_complete',
        expect.objectContaining({
          promptTokens: row!.promptTokens,
          completionTokens: row!.completionTokens,
          tokenDetails: expect.objectContaining({ cached_prompt: row!.cachedTokens }) as object,
        }),
      ],
    ]);
    await gateway.gateway.close(0);
  });
});

test.each([
  ['401', 'ai_request_error', 'authentication', 'refused'],
  ['503', 'ai_request_error', 'overloaded', 'refused'],
  ['reset', 'ai_request_error', 'connection', 'reset'],
  ['cut=4', 'ai_request_error', 'stream_interrupted', 'cut'],
  ['garbage=3', 'ai_request_complete', undefined, 'garbage'],
  ['failed=3', 'ai_request_complete', undefined, 'failed'],
])('the fault %s strikes a session: %s, %s', async (fault, event, errorType, outcome) => {
  await withSimulator({}, async ({ simulator, url }) => {
    const gateway = await startGateway(`${url}/v1`);
    await session(`${gateway.url}/v1`, 1, fault);

    await until(() => gateway.reporter.ended.length > 0, 'the end at the gateway');
    expect(gateway.reporter.ended.map(([name]) => name)).toEqual([event]);
    expect((gateway.reporter.ended[0]![1] as { errorType?: string }).errorType).toBe(errorType);
    await until(() => simulator.ledger.report().rows.length > 0, 'the end at the simulator');
    expect(simulator.ledger.report().rows.map((row) => row.outcome)).toEqual([outcome]);
    await gateway.gateway.close(0);
  });
});
