import { SseParser } from '../../../src/openai/sse.js';
import { usageBody } from '../../../src/openai/usageBody.js';
import { withoutUsage } from '../../../src/openai/withoutUsage.js';

const ASK = '"include_usage":true';

test.each([
  ['{"model":"m"}', `{"stream_options":{${ASK}},"model":"m"}`],
  ['{}', `{"stream_options":{${ASK}}}`],
  ['{"stream_options":{"include_obfuscation":false}}', `{"stream_options":{${ASK},"include_obfuscation":false}}`],
  ['{"stream_options":null}', `{"stream_options":{${ASK}}}`],
  ['{"a":"\\"stream_options\\":1"}', `{"stream_options":{${ASK}},"a":"\\"stream_options\\":1"}`],
  [`{"stream_options":{${ASK}}}`, `{"stream_options":{${ASK}}}`],
  ['[1]', '[1]'],
  ['{"broken', '{"broken'],
])('usage is asked for in %s, every other byte as it was', (body, expected) => {
  expect(usageBody(body)).toBe(expected);
});

test('a body that is no text stays what it is', () => {
  const form = new FormData();
  expect(usageBody(form)).toBe(form);
  expect(usageBody(undefined)).toBeUndefined();
});

test.each([
  ['{"choices":[{}],"usage":null}', '{"choices":[{}]}'],
  ['{"usage":null,"choices":[{}]}', '{"choices":[{}]}'],
  ['{"usage":null}', '{}'],
  ['{"choices":[{"text":"\\"usage\\":null"}]}', '{"choices":[{"text":"\\"usage\\":null"}]}'],
  ['{"choices":[{"usage":null}]}', '{"choices":[{"usage":null}]}'],
  ['{"choices":[{}],"usage":{"prompt_tokens":1}}', '{"choices":[{}],"usage":{"prompt_tokens":1}}'],
  ['[DONE]', '[DONE]'],
  ['{"choices":[],"usage":{"prompt_tokens":1}}', undefined],
])('who did not ask for usage gets of %s: %s', (data, expected) => {
  const [event] = new SseParser().push(new TextEncoder().encode(`data: ${data}\n\n`));
  const bytes = withoutUsage(event!);
  expect(bytes && new TextDecoder().decode(bytes)).toBe(expected && `data: ${expected}\n\n`);
});
