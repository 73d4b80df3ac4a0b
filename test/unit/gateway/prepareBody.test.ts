import fc from 'fast-check';
import { prepareBody } from '../../../src/gateway/prepareBody.js';

const prepared = (body: string): string => prepareBody('chat', Buffer.from(body), true).bytes.toString();

test.each([
  ['{"stream":true}', '{"stream_options":{"include_usage":true},"stream":true}'],
  [' \n{ "stream" : true }', ' \n{"stream_options":{"include_usage":true}, "stream" : true }'],
  ['{"stream":true,"stream_options":null}', '{"stream":true,"stream_options":{"include_usage":true}}'],
  ['{"stream":true,"stream_options":{}}', '{"stream":true,"stream_options":{"include_usage":true}}'],
  [
    '{"stream":true,"stream_options":{"include_obfuscation":false}}',
    '{"stream":true,"stream_options":{"include_usage":true,"include_obfuscation":false}}',
  ],
  [
    '{"stream_options":{"include_usage": false },"stream":true}',
    '{"stream_options":{"include_usage": true },"stream":true}',
  ],
  [
    '{"stream":true,"stream_options":1,"stream_options":{}}',
    '{"stream":true,"stream_options":1,"stream_options":{"include_usage":true}}',
  ],
  [
    '{"messages":[{"stream_options":{}},"\\"stream_options\\":{"],"stream\\u005foptions":{},"stream":true}',
    '{"messages":[{"stream_options":{}},"\\"stream_options\\":{"],"stream\\u005foptions":{"include_usage":true},"stream":true}',
  ],
  [
    '{"stream":true,"seed":12345678901234567890,"temperature":1.0e0,"a":"\\u00e9é"}',
    '{"stream_options":{"include_usage":true},"stream":true,"seed":12345678901234567890,"temperature":1.0e0,"a":"\\u00e9é"}',
  ],
])('usage is asked for in %s and nothing else is changed', (body, expected) => {
  expect(prepared(body)).toBe(expected);
});

test.each([
  ['no stream', '{"model":"m"}'],
  ['usage that is asked for', '{"stream":true,"stream_options":{"include_usage":true}}'],
  ['a value that is the upstream’s to refuse', '{"stream":true,"stream_options":{"include_usage":"yes"}}'],
  ['options that are the upstream’s to refuse', '{"stream":true,"stream_options":[1]}'],
  ['a stream that is not true', '{"stream":"true"}'],
  ['no object', '[{"stream":true}]'],
  ['no JSON', '{"stream":true'],
])('a body stays as it is with %s', (_name, body) => {
  expect(prepared(body)).toBe(body);
});

test.each(['responses', 'embeddings', 'images', 'speech'] as const)('usage is not asked for in %s', (operation) => {
  const body = Buffer.from('{"stream":true}');
  expect(prepareBody(operation, body, true)).toMatchObject({ bytes: body, injected: false });
});

test('usage is not asked for when that is turned off', () => {
  const body = Buffer.from('{"stream":true}');
  expect(prepareBody('chat', body, false)).toMatchObject({ bytes: body, injected: false });
});

test('whatever a body says, it says the same afterwards and asks for usage', () => {
  const options = fc.option(fc.dictionary(fc.string(), fc.jsonValue()), { nil: undefined });
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), options, fc.nat(4), (fields, stream_options, indent) => {
      const request = { ...fields, stream: true, ...(stream_options && { stream_options }) };
      const said = JSON.parse(JSON.stringify(request)) as typeof request;
      const after: unknown = JSON.parse(prepared(JSON.stringify(request, null, indent)));
      expect(after).toEqual({ ...said, stream_options: { ...said.stream_options, include_usage: true } });
    }),
  );
});
