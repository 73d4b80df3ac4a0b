import { createPriceBook } from '../../../src/pricing/createPriceBook.js';
import { AIPerformanceMonitor } from '../../../src/monitor/AIPerformanceMonitor.js';
import { InMemoryMetricsReporter } from '../../../src/reporters/InMemoryMetricsReporter.js';
import { jsonAnswer } from '../../helpers/openaiAnswers.js';
import { startScriptedServer, type ScriptedServer } from '../../helpers/scriptedServer.js';
import { SDKS } from '../../helpers/sdks.js';
import { until } from '../../helpers/until.js';
import { startGateway } from '../../helpers/withGateway.js';

const chatAnswer = jsonAnswer({
  object: 'chat.completion',
  model: 'gpt-4o-2024-08-06',
  choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'Hello' } }],
  usage: { prompt_tokens: 8, completion_tokens: 7, total_tokens: 15 },
});

let server: ScriptedServer;

beforeEach(async () => {
  server = await startScriptedServer();
});

afterEach(() => server.close());

describe.each(SDKS)('$version: AzureOpenAI at the gateway, with Azure as a named upstream', ({ AzureOpenAI }) => {
  test('keeps its path, query and key, and is counted for the upstream, the deployment and the model that answered', async () => {
    const reporter = new InMemoryMetricsReporter();
    const gateway = await startGateway('http://127.0.0.1:1/v1', {
      upstreams: [{ name: 'azure', baseUrl: `${server.url}/openai` }],
      monitor: new AIPerformanceMonitor({ metricsReporter: reporter, priceBook: createPriceBook() }),
    });
    const client = new AzureOpenAI({
      apiKey: 'azure-key',
      apiVersion: '2024-10-21',
      baseURL: `${gateway.url}/azure/v1`,
      maxRetries: 0,
    });
    server.script(chatAnswer);

    const answer = await client.chat.completions.create({
      model: 'my-deployment',
      messages: [{ role: 'user', content: 'Hi' }],
    });

    expect(answer.choices[0]!.message.content).toBe('Hello');
    const [request] = server.requests;
    expect(request!.url).toBe('/openai/deployments/my-deployment/chat/completions?api-version=2024-10-21');
    expect(request!.headers['api-key']).toBe('azure-key');
    await until(() => reporter.ended.length > 0, 'the end of the call');
    expect(reporter.ended).toEqual([
      [
        'ai_request_complete',
        expect.objectContaining({
          provider: 'azure',
          operation: 'chat',
          model: 'my-deployment',
          responseModel: 'gpt-4o-2024-08-06',
          promptTokens: 8,
          completionTokens: 7,
          unpriced: false,
        }),
      ],
    ]);
    await gateway.gateway.close(0);
  });
});
