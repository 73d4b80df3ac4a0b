import fc from 'fast-check';
import { OPERATIONS } from '../../../src/call/operation.js';
import { deploymentOf, operationOf } from '../../../src/openai/operationOf.js';
import { readErrorBody } from '../../../src/openai/readErrorBody.js';
import { readRequest } from '../../../src/openai/readRequest.js';

test.each([
  ['POST', '/v1/chat/completions', 'chat'],
  ['post', '/chat/completions', 'chat'],
  ['POST', 'chat/completions', 'chat'],
  ['POST', '/v1/chat/completions?x=/v1/embeddings', 'chat'],
  ['POST', '/v1/chat/completions/', 'chat'],
  ['POST', '/openai/deployments/gpt-4o/chat/completions?api-version=2024-10-21', 'chat'],
  ['GET', '/v1/chat/completions', 'other'],
  ['POST', '/v1/chat/completions/chatcmpl-1', 'other'],
  ['POST', '/v1/responses', 'responses'],
  ['POST', '/openai/v1/responses', 'responses'],
  ['GET', '/v1/responses/resp_1', 'other'],
  ['POST', '/v1/responses/resp_1/cancel', 'other'],
  ['POST', '/v1/completions', 'completions'],
  ['POST', '/completions', 'completions'],
  ['POST', '/v1/embeddings', 'embeddings'],
  ['POST', '/v1/images/generations', 'images'],
  ['POST', '/v1/images/edits', 'images'],
  ['POST', '/v1/images/variations', 'images'],
  ['POST', '/v1/audio/speech', 'speech'],
  ['POST', '/v1/audio/transcriptions', 'transcription'],
  ['POST', '/v1/audio/translations', 'translation'],
  ['POST', '/v1/moderations', 'moderations'],
  ['POST', '/v1/batches', 'batches'],
  ['GET', '/v1/batches/batch_1', 'batches'],
  ['POST', '/v1/batches/batch_1/cancel', 'batches'],
  ['POST', '/v1/vector_stores/vs_1/file_batches', 'other'],
  ['GET', '/v1/realtime', 'realtime'],
  ['GET', '/v1/models', 'other'],
  ['GET', '/', 'other'],
  ['GET', '', 'other'],
])('%s %s is %s', (method, path, operation) => {
  expect(operationOf(method, path)).toBe(operation);
});

test('a path of any kind is some operation', () => {
  fc.assert(fc.property(fc.string(), fc.string(), (method, path) => OPERATIONS.includes(operationOf(method, path))));
});

test('a deployment path of Azure names its deployment', () => {
  expect(deploymentOf('/openai/deployments/my-gpt/chat/completions?api-version=1')).toBe('my-gpt');
  expect(deploymentOf('/v1/chat/completions')).toBeUndefined();
});

const nothing = { streaming: false, usageRequested: false, choices: 1 };

test.each([
  ['chat', { model: 'gpt-4o', messages: [{}, {}] }, { ...nothing, model: 'gpt-4o', messageCount: 2 }],
  ['chat', { messages: [], stream: true, n: 3 }, { ...nothing, messageCount: 0, streaming: true, choices: 3 }],
  // Found by fuzzing: with no choice to wait for, a stream that broke off at once counted as whole.
  ['chat', { messages: [], stream: true, n: 0 }, { ...nothing, messageCount: 0, streaming: true }],
  [
    'chat',
    { stream: true, stream_options: { include_usage: true } },
    { ...nothing, streaming: true, usageRequested: true },
  ],
  ['chat', { stream: 'true', stream_options: { include_usage: 'yes' } }, nothing],
  ['responses', { model: 'o3', input: 'Hi' }, { ...nothing, model: 'o3', messageCount: 1 }],
  ['responses', { input: [{}, {}, {}] }, { ...nothing, messageCount: 3 }],
  ['embeddings', { input: ['a', 'b'] }, { ...nothing, messageCount: 2 }],
  ['embeddings', { input: [1, 2, 3] }, { ...nothing, messageCount: 1 }],
  ['completions', { prompt: ['a', 'b'] }, { ...nothing, messageCount: 2 }],
  ['speech', { model: 'tts-1', stream_format: 'sse' }, { ...nothing, model: 'tts-1', streaming: true }],
  ['other', { model: '', messages: [{}] }, nothing],
  ['chat', null, nothing],
  ['chat', [{ model: 'x' }], nothing],
  ['chat', 'text', nothing],
  ['chat', { model: 5, messages: 'no', n: -1 }, { ...nothing, messageCount: 1 }],
] as const)('a request for %s: %j', (operation, body, facts) => {
  expect(readRequest(operation, body)).toEqual(facts);
});

test.each([
  [
    '{"error":{"message":"secret","type":"insufficient_quota","code":"insufficient_quota"}}',
    { code: 'insufficient_quota', type: 'insufficient_quota' },
  ],
  ['{"error":{"message":"secret","type":"invalid_request_error","code":null}}', { type: 'invalid_request_error' }],
  ['{"code":"x","message":"secret"}', { code: 'x' }],
  ['{"error":"secret"}', {}],
  ['<html>', {}],
  ['', {}],
  ['null', {}],
])('an error body %s gives its code and type alone', (text, kind) => {
  expect(readErrorBody(text)).toEqual(kind);
});

test('a form tells the same as an object', () => {
  const form = new FormData();
  form.set('model', 'gpt-4o-transcribe');
  form.set('stream', 'true');
  form.set('file', new Blob(['x']));
  expect(readRequest('transcription', form)).toEqual({ ...nothing, model: 'gpt-4o-transcribe', streaming: true });
  expect(readRequest('transcription', new FormData())).toEqual(nothing);
});

test('an error body that is parsed already is read as well', () => {
  expect(readErrorBody({ error: { code: 'a', type: 'b' } })).toEqual({ code: 'a', type: 'b' });
  expect(readErrorBody(undefined)).toEqual({});
});
