import { SseParser, type SseEvent } from '../../../src/openai/sse.js';
import { isUsageOnly, StreamObserver } from '../../../src/openai/StreamObserver.js';
import { streamFixture } from '../../helpers/streamFixtures.js';

const events = (name: string): SseEvent[] => new SseParser().push(streamFixture(name));

const said = (data: unknown, event?: string): SseEvent => ({
  data: typeof data === 'string' ? data : JSON.stringify(data),
  raw: new Uint8Array(),
  ...(event === undefined ? {} : { event }),
});

function observeAll(name: string, choices = 1): StreamObserver {
  const observer = new StreamObserver({ choices });
  events(name).forEach((event) => observer.observe(event));
  return observer;
}

const chatUsage = { promptTokens: 12, completionTokens: 7, totalTokens: 19 };
const responseUsage = { promptTokens: 20, completionTokens: 5, totalTokens: 25 };
const chatModel = 'gpt-4o-mini-2024-07-18';
const responseModel = 'gpt-4.1-2025-04-14';

test.each([
  ['chat', { usage: chatUsage, responseModel: chatModel, serviceTier: 'default', finishReasons: ['stop'] }],
  ['chat-without-usage', { usage: undefined, responseModel: chatModel, finishReasons: ['length'] }],
  ['chat-crlf-comments', { usage: chatUsage, finishReasons: ['stop'] }],
  ['chat-cr', { usage: chatUsage, finishReasons: ['stop'] }],
  ['chat-two-choices-tools', { usage: chatUsage, finishReasons: ['tool_calls', 'stop'] }],
  ['chat-refusal', { usage: undefined, finishReasons: ['stop'] }],
  ['chat-azure', { usage: undefined, responseModel: chatModel, finishReasons: ['content_filter'] }],
  ['completions', { usage: { promptTokens: 3, completionTokens: 1, totalTokens: 4 }, finishReasons: ['stop'] }],
  ['responses', { usage: responseUsage, responseModel, serviceTier: 'default', finishReasons: ['stop'] }],
  ['responses-tool', { usage: responseUsage, finishReasons: ['tool_calls'] }],
  ['responses-incomplete', { usage: responseUsage, finishReasons: ['length'] }],
  ['garbage', { usage: undefined, responseModel: chatModel, finishReasons: ['stop'] }],
])('%s ends whole, with output, and tells its result', (name, expected) => {
  const observer = observeAll(name, name === 'chat-two-choices-tools' ? 2 : 1);
  expect(observer.firstOutput).toBe(true);
  expect(observer.finished).toBe(true);
  expect(observer.failure).toBeUndefined();
  expect(observer.result()).toMatchObject(expected);
});

test.each([
  ['chat-error-event', { errorType: 'server_error' }, undefined],
  ['responses-failed', { errorType: 'rate_limit' }, responseUsage],
  ['responses-error', { errorType: 'server_error' }, undefined],
])('%s tells why it failed, and its usage if it has any', (name, failure, usage) => {
  const observer = observeAll(name);
  expect(observer.failure).toEqual(failure);
  if (usage === undefined) expect(observer.result().usage).toBeUndefined();
  else expect(observer.result().usage).toMatchObject(usage);
});

test('cached, reasoning and audio tokens are read', () => {
  expect(observeAll('chat').result().usage?.details).toMatchObject({ cached_prompt: 4, reasoning: 2, audio_prompt: 0 });
  expect(observeAll('responses').result().usage?.details).toEqual({ cached_prompt: 8, reasoning: 3 });
});

test.each([
  ['chat', 1],
  ['chat-crlf-comments', 3],
  ['chat-two-choices-tools', 2],
  ['chat-refusal', 1],
  ['chat-azure', 2],
  ['completions', 0],
  ['responses', 4],
  ['responses-tool', 3],
])('the first output of %s is its event %i, not its role, its tool name or its start', (name, index) => {
  const observer = new StreamObserver();
  const first = events(name).findIndex((event) => {
    observer.observe(event);
    return observer.firstOutput;
  });
  expect(first).toBe(index);
});

test.each([
  ['text', { content: 'a' }, true],
  ['a refusal', { refusal: 'a' }, true],
  ['reasoning as one server names it', { reasoning_content: 'a' }, true],
  ['reasoning as another does', { reasoning: 'a' }, true],
  ['arguments of a tool', { tool_calls: [{ index: 0, function: { arguments: '{' } }] }, true],
  ['input of a custom tool', { tool_calls: [{ index: 0, custom: { input: 'x' } }] }, true],
  ['arguments of a function', { function_call: { arguments: '{' } }, true],
  ['audio', { audio: { data: 'AAAA' } }, true],
  ['a transcript', { audio: { transcript: 'a' } }, true],
  ['a role', { role: 'assistant', content: '' }, false],
  ['a tool without arguments', { tool_calls: [{ index: 0, id: 'c', function: { name: 'f', arguments: '' } }] }, false],
  ['an id of audio', { audio: { id: 'a' } }, false],
  ['nothing', {}, false],
])('a chat delta of %s', (_title, delta, output) => {
  const observer = new StreamObserver();
  observer.observe(said({ choices: [{ index: 0, delta, finish_reason: null }] }));
  expect(observer.firstOutput).toBe(output);
});

test.each([
  ['response.output_text.delta', { delta: 'a' }, true],
  ['response.refusal.delta', { delta: 'a' }, true],
  ['response.reasoning_text.delta', { delta: 'a' }, true],
  ['response.reasoning_summary_text.delta', { delta: 'a' }, true],
  ['response.function_call_arguments.delta', { delta: '{' }, true],
  ['response.custom_tool_call_input.delta', { delta: 'a' }, true],
  ['response.image_generation_call.partial_image', { partial_image_b64: 'AA' }, true],
  ['speech.audio.delta', { audio: 'AA' }, true],
  ['transcript.text.delta', { delta: 'a' }, true],
  ['response.output_text.delta', { delta: '' }, false],
  ['response.created', { response: { object: 'response', status: 'in_progress' } }, false],
  ['response.queued', { response: { object: 'response', status: 'queued' } }, false],
  ['response.output_item.added', { item: { type: 'message' } }, false],
  ['keepalive', {}, false],
])('a typed event %s', (type, fields, output) => {
  const named = new StreamObserver();
  named.observe(said({ type, ...fields }, type));
  const unnamed = new StreamObserver();
  unnamed.observe(said({ type, ...fields }));
  expect([named.firstOutput, unnamed.firstOutput]).toEqual([output, output]);
});

test('every prefix of a stream that lacks its end is unfinished', () => {
  for (const name of ['chat', 'chat-without-usage', 'responses', 'responses-incomplete']) {
    const all = events(name);
    const observer = new StreamObserver();
    const finishedAt = all.findIndex((event) => {
      observer.observe(event);
      return observer.finished;
    });
    const last = name.startsWith('responses')
      ? all.length - 1
      : all.findIndex(({ data }) => data.includes('"finish_reason":"'));
    expect([name, finishedAt]).toEqual([name, last]);
  }
});

test('what a stream was cut in says nothing, and a last event without its blank line is heard', () => {
  const cut = new StreamObserver();
  cut.observe({ ...said('{"choices":[{"ind'), unfinished: true });
  expect(cut).toMatchObject({ malformed: false, finished: false });
  const done = new StreamObserver();
  done.observe({ ...said('[DONE]'), unfinished: true });
  expect(done.finished).toBe(true);
});

test('data that is not JSON is malformed', () => {
  const observer = new StreamObserver();
  observer.observe(said('{"choices":[{"ind'));
  expect(observer.malformed).toBe(true);
});

test('with two answers asked for, one finish reason is not the end', () => {
  const observer = new StreamObserver({ choices: 2 });
  observer.observe(said({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] }));
  expect(observer.finished).toBe(false);
  observer.observe(said({ choices: [{ index: 1, delta: {}, finish_reason: 'stop' }] }));
  expect(observer.finished).toBe(true);
});

test('an error event without readable data still is a failure', () => {
  const observer = new StreamObserver();
  observer.observe(said('oops', 'error'));
  expect(observer.failure).toEqual({ errorType: 'stream_error' });
});

test('a failure holds nothing of the message', () => {
  expect(JSON.stringify(observeAll('chat-error-event').failure)).not.toContain('server had an error');
});

test.each([
  ['null', 'null'],
  ['an array', '[1]'],
  ['half a chunk', '{"choices":[{'],
  ['choices of another kind', { choices: 'x' }],
  ['choices of nothing', { choices: [null, 5, 'x'] }],
  ['a usage that is none', { choices: [], usage: { prompt_tokens: -1, completion_tokens: 'NaN' } }],
  ['an error of null', { error: null, choices: [] }],
])('%s changes nothing', (_title, data) => {
  const observer = new StreamObserver();
  observer.observe(said(data));
  expect(observer).toMatchObject({ firstOutput: false, finished: false, failure: undefined });
  expect(observer.result().usage).toBeUndefined();
});

test('only the extra chunk is usage alone', () => {
  const found = ['chat', 'chat-cr', 'chat-azure', 'completions', 'responses'].map((name) => [
    name,
    events(name).flatMap((event, index) => (isUsageOnly(event) ? [index] : [])),
  ]);
  expect(found).toEqual([
    ['chat', [4]],
    ['chat-cr', []],
    ['chat-azure', []],
    ['completions', [2]],
    ['responses', []],
  ]);
});
