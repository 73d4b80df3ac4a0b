import '../../helpers/oneRealm.js';
import type OpenAI from 'openai';
import { API_CALLS, type ApiCall } from '../../helpers/apiAnswers.js';
import { chunk, head, startRawUpstream, type RawUpstream } from '../../helpers/rawUpstream.js';
import { SDKS } from '../../helpers/sdks.js';
import { until } from '../../helpers/until.js';
import { startGateway } from '../../helpers/withGateway.js';
import { createPriceBook } from '../../../src/pricing/createPriceBook.js';
import { AIPerformanceMonitor } from '../../../src/monitor/AIPerformanceMonitor.js';
import { createUsageEstimator } from '../../../src/openai/estimate/createUsageEstimator.js';
import { monitorOpenAI } from '../../../src/openai/monitorOpenAI.js';
import { InMemoryMetricsReporter } from '../../../src/reporters/InMemoryMetricsReporter.js';

const usageEstimator = createUsageEstimator();
const STREAMS = API_CALLS.filter(({ stream }) => stream);
/** The prompt is the one word of API_CALLS: 1 token, 3 for the message, 3 for the answer, 1 for the role. */
const PROMPT = 8;
/** By the vocabulary of GPT-4o: `Grüße, ` and `日本 🎉`. */
const ANSWERED = 7;

let upstream: RawUpstream;
beforeAll(async () => {
  upstream = await startRawUpstream(() => undefined);
});
afterAll(async () => {
  await upstream.close();
});

/** Answers with the first events of a stream, and leaves it open. */
function openStream(call: ApiCall, events: number): void {
  upstream.script = (socket) => {
    const headers = [
      ['content-type', call.contentType],
      ['transfer-encoding', 'chunked'],
    ] as const;
    const pieces = call.pieces(true).slice(0, events);
    socket.write(Buffer.concat([head('200 OK', headers), ...pieces.map((piece) => chunk(Buffer.from(piece)))]));
  };
}

const estimated = {
  promptTokens: PROMPT,
  completionTokens: ANSWERED,
  totalTokens: PROMPT + ANSWERED,
  usageEstimated: true,
  usageMissing: null,
  costUsd: expect.closeTo((PROMPT * 2.5 + ANSWERED * 10) / 1_000_000, 12) as number,
};

async function breakOff(client: OpenAI, call: ApiCall): Promise<void> {
  const stream: AsyncIterable<unknown> =
    call.path === '/responses'
      ? await client.responses.create({ model: 'gpt-4o', input: 'Hello', stream: true })
      : await client.chat.completions.create({
          model: 'gpt-4o',
          messages: [{ role: 'user', content: 'Hello' }],
          stream: true,
        });
  for await (const event of stream) if (JSON.stringify(event).includes('🎉')) break;
}

describe.each(STREAMS)('$name: a stream that is broken off is billed by an estimate', (call) => {
  const events = call.pieces(true).findIndex((piece) => piece.includes('🎉')) + 1;

  test.each(SDKS)('with $version', async ({ OpenAI }) => {
    openStream(call, events);
    const reporter = new InMemoryMetricsReporter();
    const monitor = new AIPerformanceMonitor({ metricsReporter: reporter, priceBook: createPriceBook() });
    const bare = new OpenAI({ apiKey: 'sk-test', baseURL: upstream.baseUrl, maxRetries: 0 });
    const measured = monitorOpenAI(bare, { usageEstimator, monitor });

    await breakOff(measured, call);

    await until(() => reporter.ended.length > 0, 'the estimate');
    expect(reporter.ended).toEqual([['ai_stream_aborted', expect.objectContaining(estimated)]]);
  });

  test('through the gateway', async () => {
    openStream(call, events);
    const reporter = new InMemoryMetricsReporter();
    const metering = { metricsReporter: reporter, priceBook: createPriceBook(), usageEstimator };
    const monitor = new AIPerformanceMonitor(metering);
    const gateway = await startGateway(upstream.baseUrl, { monitor });
    const client = new SDKS[1]!.OpenAI({ apiKey: 'sk-test', baseURL: `${gateway.url}/v1`, maxRetries: 0 });

    await breakOff(client, call);

    // A gateway that is closed before it has seen the client go would call the stream cut.
    await until(() => reporter.ended.length > 0, 'the estimate');
    await gateway.gateway.close(0);
    expect(reporter.ended).toEqual([['ai_stream_aborted', expect.objectContaining(estimated)]]);
  });
});
