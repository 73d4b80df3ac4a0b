import { connect } from 'node:net';
import { AIPerformanceMonitor } from '../../../src/monitor/AIPerformanceMonitor.js';
import { eventually } from '../../helpers/eventually.js';
import { withExporter } from '../../helpers/withExporter.js';

const TEXT = 'text/plain; version=0.0.4; charset=utf-8';
const OPENMETRICS = 'application/openmetrics-text; version=1.0.0; charset=utf-8';

/** What the servers themselves send. */
const PROMETHEUS_2 =
  'application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1';
const PROMETHEUS_3 =
  'application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.5,application/openmetrics-text;version=0.0.1;q=0.4,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.3,text/plain;version=0.0.4;q=0.2,*/*;q=0.1';

test.each([
  ['Prometheus 2', PROMETHEUS_2, OPENMETRICS],
  ['Prometheus 3', PROMETHEUS_3, OPENMETRICS],
  ['Prometheus 3 told to escape names', PROMETHEUS_3.replaceAll('allow-utf-8', 'underscores'), OPENMETRICS],
  ['Prometheus told to take text only', 'text/plain;version=0.0.4;q=0.5,*/*;q=0.1', TEXT],
  ['who likes text better', 'application/openmetrics-text;q=0.5, text/plain;q=0.9', TEXT],
  ['who likes both the same', 'application/openmetrics-text, text/plain', OPENMETRICS],
  ['who names it without a version', 'application/openmetrics-text', OPENMETRICS],
  ['who names it in capitals', 'Application/OpenMetrics-Text; Version=1.0.0', OPENMETRICS],
  ['who takes anything', '*/*', TEXT],
  ['a browser', 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', TEXT],
  ['who refuses it', 'application/openmetrics-text;q=0, */*', TEXT],
  ['who knows an older version alone', 'application/openmetrics-text; version=0.0.1', TEXT],
  ['who takes neither', 'application/json', TEXT],
  ['who sends nonsense', ';;;q=x,,"', TEXT],
])('%s gets the right format', async (_name, accept, contentType) => {
  await withExporter({}, async ({ url, reporter }) => {
    new AIPerformanceMonitor({ metricsReporter: reporter }).open({ model: 'm', operation: 'chat' }).complete();

    const response = await fetch(`${url}/metrics`, { headers: { accept } });
    const text = await response.text();

    expect(response.headers.get('content-type')).toBe(contentType);
    expect(response.headers.get('vary')).toBe('Accept');
    expect(text.endsWith('# EOF\n')).toBe(contentType === OPENMETRICS);
    expect(text).toContain('ai_requests_total{provider="openai",model="m",status="success"');
  });
});

test('who sends no Accept gets text', async () => {
  await withExporter({}, async ({ port }) => {
    const socket = connect(port, '127.0.0.1').setEncoding('utf8');
    let answer = '';
    socket.on('data', (text: string) => (answer += text));
    socket.end('GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    await new Promise((resolve) => socket.once('close', resolve));

    expect(answer).toContain(`Content-Type: ${TEXT}\r\n`);
  });
});

test('a source that knows one format answers in that, whatever was asked for', async () => {
  const metrics = { getMetrics: () => Promise.resolve('up 1\n'), contentType: TEXT };
  await withExporter({ metrics }, async ({ url }) => {
    const response = await fetch(`${url}/metrics`, { headers: { accept: PROMETHEUS_3 } });

    expect([response.headers.get('content-type'), await response.text()]).toEqual([TEXT, 'up 1\n']);
  });
});

test('scrapers that do not take their answers are turned away past fifty, and metrics come again when they leave', async () => {
  // More than the buffers of a connection hold.
  const metrics = { getMetrics: () => Promise.resolve('x'.repeat(16 * 1024 * 1024)), contentType: TEXT };
  await withExporter({ metrics }, async ({ url, port }) => {
    const lazy = Array.from({ length: 50 }, () => connect(port, '127.0.0.1').pause());
    for (const socket of lazy) socket.write('GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n');
    const answered = async (status: number): Promise<true | undefined> => {
      const response = await fetch(`${url}/metrics`);
      await response.body?.cancel();
      return response.status === status ? true : undefined;
    };

    await eventually('503', () => answered(503));
    lazy.forEach((socket) => socket.destroy());
    await eventually('200', () => answered(200));
  });
});
