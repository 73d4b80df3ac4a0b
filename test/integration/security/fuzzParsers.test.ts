import fc from 'fast-check';
import { readResult } from '../../../src/call/readResult.js';
import { contradictions } from '../../../src/config/contradictions.js';
import { normalize } from '../../../src/config/normalize.js';
import { parsePartially } from '../../../src/config/parsePartially.js';
import { fileSchema } from '../../../src/config/schema.js';
import { expandUpstreams } from '../../../src/config/upstreams.js';
import { prepareBody } from '../../../src/gateway/prepareBody.js';
import { Router } from '../../../src/gateway/route.js';
import { UsageStrip } from '../../../src/gateway/UsageStrip.js';
import { AIPerformanceMonitor } from '../../../src/monitor/AIPerformanceMonitor.js';
import { JsonBody } from '../../../src/openai/JsonBody.js';
import { SseParser } from '../../../src/openai/sse.js';
import { StreamObserver } from '../../../src/openai/StreamObserver.js';
import { PrometheusMetricsReporter } from '../../../src/reporters/PrometheusMetricsReporter.js';
import { objectsOf, texts, tryMany } from '../../helpers/fuzz.js';
import { problemsOf } from '../../helpers/problemsOf.js';

const STREAM_PIECES = [
  ...[
    'data: ',
    'data:',
    'event: ',
    'event: response.completed\n',
    ': hello',
    '\n',
    '\n\n',
    '\r\n\r\n',
    '\r',
    'id: 1\n',
    '[DONE]',
    '\uFEFF',
    '\0',
  ],
  ...[
    '{"choices":[',
    '{"index":0,',
    '"delta":{"content":"x"}',
    '"finish_reason":"stop"}',
    ']',
    '}',
    ',',
    '"usage":null',
    '"usage":{"prompt_tokens":',
  ],
  ...[
    '1',
    '-1',
    '1e999',
    '"NaN"',
    '{"type":"response.completed","response":{"usage":{"input_tokens":3,"output_tokens":',
    '{"error":{"message":"x","code":',
  ],
  ...[
    'data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\n',
    'data: {"choices":[],"usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}}\n\n',
    '\\ud800',
    '日本',
  ],
];

/** Every number that a reading tells. */
function numbersIn(value: unknown): number[] {
  if (typeof value === 'number') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersIn) : [];
}

/** Bytes in chunks of this size. */
function chunksOf(text: string, size: number): Buffer[] {
  const bytes = Buffer.from(text);
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) => bytes.subarray(at * size, (at + 1) * size));
}

test('35,000 streams: every byte comes out again, and what they tell are counts', () => {
  tryMany(35_000, fc.tuple(texts(STREAM_PIECES, 14), fc.integer({ min: 1, max: 40 })), ([stream, size]) => {
    const parser = new SseParser();
    const observer = new StreamObserver();
    const strip = new UsageStrip();
    const chunks = chunksOf(stream, size);
    const last = (): ReturnType<SseParser['push']> => [parser.end()].flatMap((event) => event ?? []);
    const events = [...chunks.flatMap((chunk) => parser.push(chunk)), ...last()];
    for (const event of events) observer.observe(event);
    const kept = Buffer.concat([...chunks.flatMap((chunk) => strip.push(chunk)), ...strip.end()]);

    if (Buffer.concat(events.map(({ raw }) => raw)).toString() !== stream) throw new Error('bytes were lost');
    if (kept.length > Buffer.byteLength(stream)) throw new Error('bytes were added');
    const numbers = numbersIn(observer.result().usage);
    if (!numbers.every((count) => Number.isSafeInteger(count) && count >= 0)) throw new Error('this is no usage');
  });
});

const ANSWER_KEYS = [
  ...[
    'model',
    'usage',
    'choices',
    'finish_reason',
    'object',
    'status',
    'output',
    'type',
    'incomplete_details',
    'reason',
    'service_tier',
    'error',
    'code',
  ],
  ...[
    'prompt_tokens',
    'completion_tokens',
    'total_tokens',
    'input_tokens',
    'output_tokens',
    'prompt_tokens_details',
    'completion_tokens_details',
    'input_tokens_details',
  ],
  ...[
    'cached_tokens',
    'reasoning_tokens',
    'audio_tokens',
    'image_tokens',
    'data',
    'seconds',
    'duration',
    'messages',
    'input',
    'n',
    'stream',
    'stream_options',
    'include_usage',
  ],
];

test('30,000 answers and requests: none is too strange to be read, and what they tell are counts', () => {
  tryMany(30_000, objectsOf(ANSWER_KEYS), (value) => {
    const { usage } = readResult(value);
    const numbers = numbersIn(usage);
    if (!numbers.every((count) => Number.isInteger(count) && count >= 0)) throw new Error('this is no usage');
    const text = JSON.stringify(value ?? null);
    const body = new JsonBody();
    for (const chunk of chunksOf(text, 7)) body.push(chunk);
    readResult(body.end());
    const { facts, bytes, injected } = prepareBody('chat', Buffer.from(text), true);
    if (!injected && bytes.toString() !== text) throw new Error('the request was changed');
    if (!(facts.choices >= 1)) throw new Error('a request asks for one answer at least');
  });
});

test('5,000 calls with whatever answer: no metric becomes NaN, infinite or negative', async () => {
  const metricsReporter = new PrometheusMetricsReporter();
  const monitor = new AIPerformanceMonitor({ metricsReporter });
  tryMany(5_000, objectsOf(ANSWER_KEYS), (value) => {
    monitor.open({ model: 'm' }).complete(readResult(value));
  });
  const values = [...(await metricsReporter.getMetrics()).matchAll(/^\w+(?:\{.*\})? (\S+)$/gm)].map(([, value]) =>
    Number(value),
  );
  expect(values.length).toBeGreaterThan(100);
  expect(values.filter((value) => !(value >= 0 && value < Infinity))).toEqual([]);
});

const CONFIG_KEYS = [
  ...Object.keys(fileSchema.shape),
  ...[
    'labels',
    'models',
    'keys',
    'upstreams',
    'baseUrl',
    'hash',
    'name',
    'tls',
    'cert',
    'defaults',
    'errorRatio',
    'warning',
    'critical',
    'window',
    'for',
    'usd',
    'period',
    'where',
  ],
  ...[
    'objective',
    'latencyUnder',
    'slack',
    'url',
    'env',
    'file',
    'times',
    'days',
    'timezone',
    'mute',
    'operations',
    'attribution',
    'input',
    'output',
    'tiers',
    'demo',
  ],
];

test('15,000 configurations: each is taken or its mistakes are told in sentences, and never thrown', () => {
  tryMany(15_000, objectsOf(CONFIG_KEYS, 5), (content) => {
    const expanded = expandUpstreams(content, {});
    const { value, problems } = parsePartially(fileSchema, expanded.content);
    const config = normalize('x', value, {});
    for (const { message } of [...problems, ...expanded.problems, ...contradictions(config)]) {
      if (message === '' || message.includes('\n') || message.length > 1000) throw new Error(`no sentence: ${message}`);
    }
  });
});

test('500 texts where YAML should be: each is taken or its mistakes are told', () => {
  const pieces = [
    'gateway:',
    'a: ',
    '- ',
    '\n',
    '  ',
    '{',
    '}',
    '[',
    ']',
    '&x',
    '*x',
    '<<: *x',
    '!!js/function ',
    '---\n',
    '"',
    "'",
    '|',
    '%',
    '\t',
    '\0',
    '#',
    ': ',
    '? ',
    '\ud800',
    'slos: []',
  ];
  tryMany(500, texts(pieces, 12), (yaml) => {
    problemsOf(yaml);
  });
});

test('10,000 targets: each leads below the base URL of a configured upstream, or nowhere', () => {
  const router = new Router(
    { name: 'openai', baseUrl: 'http://api.test/base/v1' },
    [{ name: 'other', baseUrl: 'http://other.test/v1' }],
    1000,
  );
  const pieces = [
    '/',
    '//',
    '/v1',
    'v1',
    '/other/v1',
    '..',
    '.',
    '%2e',
    '%2f',
    '%5c',
    '\\',
    '@',
    ':',
    'http://evil.test',
    '?',
    '#',
    '%00',
    '%',
    '%25',
    '%252e',
    ';',
    'models',
    '[::1]',
    '\t',
    'é',
    '*',
    '&',
    '=',
    '%0d%0a',
  ];
  tryMany(10_000, texts(pieces, 8), (target) => {
    const route = router.match(target);
    if (route === undefined) return;
    const { pathname, host } = new URL(`http://x${route.path}`);
    const base = route.upstream.name === 'openai' ? '/base/v1' : '/v1';
    if (host !== 'x' || !route.path.startsWith(base)) throw new Error(`${target} leads to ${route.path}`);
    if (!(pathname === base || pathname.startsWith(`${base}/`))) throw new Error(`${target} climbs to ${pathname}`);
  });
});
