import OpenAI, { toFile } from 'openai';
import { body, completion, messages, response, toolCalls } from './fixtures.js';
import { json, scriptedFetch } from './scriptedFetch.js';

const clientOf = (script: ReturnType<typeof scriptedFetch>) =>
  new OpenAI({ apiKey: 'sk', baseURL: 'http://127.0.0.1:1/v1', fetch: script.fetch, logLevel: 'off', maxRetries: 0 });

const good = () => json(completion(), 200, { 'x-request-id': 'req_1' });

describe('an answer', () => {
  test('is the value of its JSON, with the id of its request beside it', async () => {
    const answer = await clientOf(scriptedFetch(good)).chat.completions.create(body);
    expect(JSON.stringify(answer)).toBe(JSON.stringify(completion()));
    expect(answer._request_id).toBe('req_1');
  });

  test('comes with its response', async () => {
    const call = clientOf(scriptedFetch(good)).chat.completions.create(body);
    const { data, response: raw, request_id: id } = await call.withResponse();
    expect([data.id, raw.status, raw.bodyUsed, id]).toEqual(['chatcmpl-1', 200, true, 'req_1']);
    expect(await call).toBe(data);
  });

  test('is left unread for who asks for the response alone', async () => {
    const raw = await clientOf(scriptedFetch(good)).chat.completions.create(body).asResponse();
    expect([raw.bodyUsed, raw.headers.get('x-request-id'), raw instanceof Response]).toEqual([false, 'req_1', true]);
    expect(await raw.json()).toEqual(completion());
    await expect(raw.text()).rejects.toThrow(/already been read/);
  });

  test('that is not JSON is text, and one without a body is nothing', async () => {
    const text = () => new Response('plain', { headers: { 'content-type': 'text/plain' } });
    const script = scriptedFetch(text, () => new Response(null, { status: 204 }));
    const client = clientOf(script);
    expect(await client.get('/foo')).toBe('plain');
    expect(await client.delete('/foo')).toBeNull();
  });

  test('that is broken JSON fails', async () => {
    const script = scriptedFetch(() => new Response('{"a', { headers: { 'content-type': 'application/json' } }));
    await expect(clientOf(script).chat.completions.create(body)).rejects.toMatchObject({ name: 'SyntaxError' });
  });
});

describe('structured output', () => {
  const format = { type: 'json_schema' as const, json_schema: { name: 'p', strict: true, schema: {} } };

  test('is parsed', async () => {
    const script = scriptedFetch(() => json(completion('{"a":1}')));
    const parser = { $brand: { value: 'auto-parseable-response-format' }, $parseRaw: JSON.parse };
    const asked = Object.defineProperties({ ...format }, hidden(parser));
    const { choices } = await clientOf(script).chat.completions.parse({ ...body, response_format: asked });
    expect(choices[0]!.message.parsed).toEqual({ a: 1 });
  });

  test('that was cut short fails', async () => {
    const cut = completion('{"a"');
    const choices = [{ ...cut.choices[0], finish_reason: 'length' }];
    const script = scriptedFetch(() => json({ ...cut, choices }));
    const call = clientOf(script).chat.completions.parse({ ...body, response_format: format });
    await expect(call).rejects.toThrow(/length limit/);
  });

  test('of a response is parsed, and its text put together', async () => {
    const script = scriptedFetch(() => json(response('completed', 'Hello')));
    const answer = await clientOf(script).responses.parse({ model: 'gpt-4o', input: 'Hi' });
    expect(answer.output_text).toBe('Hello');
  });
});

describe('tools', () => {
  test('are run until the model has its answer, with every step told', async () => {
    const script = scriptedFetch(() => json(completion(null, { tool_calls: toolCalls })), good);
    const asked: unknown[] = [];
    const runner = clientOf(script).chat.completions.runTools({
      ...body,
      tools: [
        {
          type: 'function',
          function: {
            name: 'weather',
            description: 'Tells the weather',
            parameters: {},
            parse: JSON.parse,
            function: (given: object) => {
              asked.push(given);
              return 'sunny';
            },
          },
        },
      ],
    });
    const told: string[] = [];
    runner.on('message', ({ role }) => void told.push(role));
    runner.on('functionToolCallResult', (result) => void told.push(result));
    expect(await runner.finalContent()).toBe('Hello');
    expect(asked).toEqual([{ city: 'Rome' }]);
    expect(told).toEqual(['assistant', 'tool', 'sunny', 'assistant']);
    expect(await runner.totalUsage()).toMatchObject({ total_tokens: 22 });
    expect(JSON.parse(String(script.sent[1]!.body))).toMatchObject({ messages: [...messages, {}, { role: 'tool' }] });
  });
});

describe('pages', () => {
  const page = (ids: readonly string[], more: boolean) => () =>
    json({ object: 'list', data: ids.map((id) => ({ id, object: 'file' })), has_more: more });

  test('are walked through one after another', async () => {
    const script = scriptedFetch(page(['a', 'b'], true), page(['c'], false));
    const ids: string[] = [];
    for await (const { id } of clientOf(script).files.list({ limit: 2 })) ids.push(id);
    expect(ids).toEqual(['a', 'b', 'c']);
    expect(script.sent.map(({ url }) => new URL(url).search)).toEqual(['?limit=2', '?limit=2&after=b']);
  });

  test('are taken by hand', async () => {
    const script = scriptedFetch(page(['a'], true), page(['b'], false));
    const first = await clientOf(script).files.list();
    expect([first.data[0]!.id, first.hasNextPage()]).toEqual(['a', true]);
    const second = await first.getNextPage();
    expect([second.data[0]!.id, second.hasNextPage()]).toEqual(['b', false]);
  });
});

describe('files and numbers', () => {
  test('go out as a form', async () => {
    const script = scriptedFetch(() => json({ id: 'file_1', object: 'file' }));
    const file = await toFile(Buffer.from('content'), 'mine.jsonl');
    expect(await clientOf(script).files.create({ file, purpose: 'batch' })).toMatchObject({ id: 'file_1' });
    // The SDK tries first whether this fetch takes forms.
    const form = script.sent.at(-1)!.body as FormData;
    expect(form).toBeInstanceOf(FormData);
    const sent = form.get('file') as File;
    expect([form.get('purpose'), sent.name, await sent.text()]).toEqual(['batch', 'mine.jsonl', 'content']);
  });

  test('come as bytes', async () => {
    const script = scriptedFetch(
      () => new Response(new Uint8Array([1, 2, 3]), { headers: { 'content-type': 'audio/mpeg' } }),
    );
    const speech = await clientOf(script).audio.speech.create({ model: 'tts-1', voice: 'alloy', input: 'Hi' });
    expect([...new Uint8Array(await speech.arrayBuffer())]).toEqual([1, 2, 3]);
  });

  test('of an embedding are asked for in base64 and come as numbers', async () => {
    const embedding = Buffer.from(new Float32Array([0.5, -1]).buffer).toString('base64');
    const script = scriptedFetch(() => json({ object: 'list', data: [{ object: 'embedding', index: 0, embedding }] }));
    const { data } = await clientOf(script).embeddings.create({ model: 'text-embedding-3-small', input: 'Hi' });
    expect(data[0]!.embedding).toEqual([0.5, -1]);
    expect(JSON.parse(String(script.sent[0]!.body))).toMatchObject({ encoding_format: 'base64' });
  });
});

/** The helpers of the SDK hide what they add to a format from JSON. */
function hidden(fields: Readonly<Record<string, unknown>>): PropertyDescriptorMap {
  const entries = Object.entries(fields).map(([name, value]) => [
    name,
    { value: name === '$brand' ? 'auto-parseable-response-format' : value, enumerable: false },
  ]);
  return Object.fromEntries(entries) as PropertyDescriptorMap;
}
