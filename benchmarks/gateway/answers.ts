/** What the mock upstream answers and the load generator asks, byte for byte, so that neither spends time making it. */
export const CHUNKS = 50;

export type Kind = 'json' | 'stream' | 'unasked' | 'apart';

/** Stands in a request whose events are to come apart. */
export const APART = '"seed":4';
export const APART_MS = 4;

const HEADERS = [
  'date: Mon, 23 Nov 2026 12:00:00 GMT',
  'x-request-id: req_0123456789abcdef0123456789abcdef',
  'openai-organization: user-abc',
  'openai-processing-ms: 412',
  'openai-version: 2020-10-01',
  'x-ratelimit-limit-requests: 10000',
  'x-ratelimit-limit-tokens: 2000000',
  'x-ratelimit-remaining-requests: 9999',
  'x-ratelimit-remaining-tokens: 1999871',
  'x-ratelimit-reset-requests: 6ms',
  'x-ratelimit-reset-tokens: 3ms',
  'strict-transport-security: max-age=31536000; includeSubDomains; preload',
  'cf-cache-status: DYNAMIC',
  'x-content-type-options: nosniff',
  'server: cloudflare',
].join('\r\n');

const USAGE = {
  prompt_tokens: 120,
  completion_tokens: CHUNKS,
  total_tokens: 120 + CHUNKS,
  prompt_tokens_details: { cached_tokens: 64, audio_tokens: 0 },
  completion_tokens_details: { reasoning_tokens: 0, audio_tokens: 0 },
};

const HEAD = { id: 'chatcmpl-1', created: 1, model: 'gpt-4o-mini-2024-07-18', service_tier: 'default' };

/** The answer to a call that doesn't stream. */
export const JSON_ANSWER = jsonAnswer();

export const STREAM_HEAD = Buffer.from(
  `HTTP/1.1 200 OK\r\n${HEADERS}\r\ncontent-type: text/event-stream; charset=utf-8\r\ntransfer-encoding: chunked\r\n\r\n`,
);

/** The events of a stream whose request asks for usage, each as one chunk; the last has the stream's end behind it. */
export const EVENTS_WITH_USAGE = events(true);
export const EVENTS = events(false);

/** The request of each kind, as the openai package sends it. */
export const REQUESTS: Readonly<Record<Kind, Buffer>> = {
  json: request({}),
  stream: request({ stream: true, stream_options: { include_usage: true } }),
  unasked: request({ stream: true }),
  apart: request({ stream: true, stream_options: { include_usage: true }, seed: 4 }),
};

function jsonAnswer(): Buffer {
  const message = { role: 'assistant', content: 'word '.repeat(50), refusal: null };
  const choices = [{ index: 0, message, logprobs: null, finish_reason: 'stop' }];
  const body = JSON.stringify({ ...HEAD, object: 'chat.completion', choices, usage: USAGE });
  return Buffer.from(
    `HTTP/1.1 200 OK\r\n${HEADERS}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
  );
}

function events(usageAsked: boolean): readonly Buffer[] {
  const extra = usageAsked ? { usage: null } : {};
  const event = (fields: object): string =>
    `data: ${JSON.stringify({ ...HEAD, object: 'chat.completion.chunk', ...fields })}\n\n`;
  const delta = (content: string): object => ({ index: 0, delta: { content }, logprobs: null, finish_reason: null });
  const last = [
    event({ choices: [{ index: 0, delta: {}, logprobs: null, finish_reason: 'stop' }], ...extra }),
    ...(usageAsked ? [event({ choices: [], usage: USAGE })] : []),
    'data: [DONE]\n\n',
  ].join('');
  const all = Array.from({ length: CHUNKS - 1 }, (_, at) => event({ choices: [delta(`word ${at}`)], ...extra }));
  return [...all.map(chunked), Buffer.concat([chunked(last), Buffer.from('0\r\n\r\n')])];
}

function chunked(text: string): Buffer {
  return Buffer.from(`${text.length.toString(16)}\r\n${text}\r\n`);
}

function request(fields: object): Buffer {
  const content = 'How is the weather in the mountains today, and what should I take along? '.repeat(4);
  const messages = [
    { role: 'system', content: 'You are a helpful assistant.' },
    { role: 'user', content },
  ];
  const body = JSON.stringify({ model: 'gpt-4o-mini', messages, temperature: 0.2, ...fields });
  const head = [
    'POST /v1/chat/completions HTTP/1.1',
    'host: 127.0.0.1',
    'connection: keep-alive',
    'accept: application/json',
    'content-type: application/json',
    'user-agent: OpenAI/JS 6.49.0',
    'x-stainless-retry-count: 0',
    'x-stainless-lang: js',
    'x-stainless-package-version: 6.49.0',
    'x-stainless-os: Linux',
    'x-stainless-arch: x64',
    'x-stainless-runtime: node',
    'x-stainless-runtime-version: v20.19.0',
    'authorization: Bearer sk-0123456789abcdef0123456789abcdef0123456789abcdef',
    'x-promptmeter-app: shop',
    'accept-language: *',
    'sec-fetch-mode: cors',
    `content-length: ${body.length}`,
  ];
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`);
}
