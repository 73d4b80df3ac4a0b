import OpenAI, { APIError, APIUserAbortError } from 'openai';
import { body, chunks, completion, responseEvents } from './fixtures.js';
import { events, scriptedFetch } from './scriptedFetch.js';

const clientOf = (script: ReturnType<typeof scriptedFetch>) =>
  new OpenAI({ apiKey: 'sk', baseURL: 'http://127.0.0.1:1/v1', fetch: script.fetch, logLevel: 'off', maxRetries: 0 });

const chat = () => scriptedFetch(() => events(...chunks));
const streamed = { ...body, stream: true as const };
const said = chunks.slice(0, -1).map((each): unknown => JSON.parse(each));

async function all(items: AsyncIterable<unknown>): Promise<unknown[]> {
  const got: unknown[] = [];
  for await (const item of items) got.push(item);
  return got;
}

describe('a stream', () => {
  test('gives its chunks in order, and can be taken once', async () => {
    const stream = await clientOf(chat()).chat.completions.create(streamed);
    expect(await all(stream)).toEqual(said);
    await expect(all(stream)).rejects.toThrow(/iterate/i);
  });

  test('that is broken off aborts its request', async () => {
    const script = chat();
    const stream = await clientOf(script).chat.completions.create(streamed);
    for await (const { choices } of stream) if (choices[0]!.delta.content === 'Hel') break;
    expect(stream.controller.signal.aborted).toBe(true);
  });

  test('that is aborted ends without an error', async () => {
    const stream = await clientOf(chat()).chat.completions.create(streamed);
    const got: unknown[] = [];
    for await (const chunk of stream) {
      got.push(chunk);
      if (got.length === 2) stream.controller.abort();
    }
    expect(got.length).toBeGreaterThanOrEqual(2);
  });

  test('gives both halves of a tee everything', async () => {
    const [left, right] = (await clientOf(chat()).chat.completions.create(streamed)).tee();
    expect(await Promise.all([all(left), all(right)])).toEqual([said, said]);
  });

  test('goes over the wire as lines', async () => {
    const stream = await clientOf(chat()).chat.completions.create(streamed);
    const text = await new Response(stream.toReadableStream()).text();
    expect(
      text
        .trim()
        .split('\n')
        .map((line): unknown => JSON.parse(line)),
    ).toEqual(said);
  });

  test('comes with its response', async () => {
    const { data, response } = await clientOf(chat()).chat.completions.create(streamed).withResponse();
    expect([response.status, await all(data)]).toEqual([200, said]);
  });

  test('is plain text for who asks for the response alone', async () => {
    const response = await clientOf(chat()).chat.completions.create(streamed).asResponse();
    expect(await response.text()).toBe(chunks.map((each) => `data: ${each}\n\n`).join(''));
  });

  test('with an error in it fails with the error', async () => {
    const error = JSON.stringify({ error: { message: 'No', type: 'server_error', code: 'x' } });
    const stream = await clientOf(scriptedFetch(() => events(chunks[0]!, error))).chat.completions.create(streamed);
    const failed: unknown = await all(stream).catch((each: unknown) => each);
    expect(failed).toBeInstanceOf(APIError);
    expect(failed).toMatchObject({ code: 'x', type: 'server_error' });
  });

  test('with something in it that is not JSON fails', async () => {
    const stream = await clientOf(scriptedFetch(() => events('{"a'))).chat.completions.create(streamed);
    await expect(all(stream)).rejects.toMatchObject({ name: 'SyntaxError' });
  });
});

describe('the stream helper of chat', () => {
  test('tells every step and gives the whole at the end', async () => {
    const stream = clientOf(chat()).chat.completions.stream(body);
    const told: string[] = [];
    stream.on('connect', () => void told.push('connect'));
    stream.on('content', (delta, snapshot) => void told.push(`${delta}|${snapshot}`));
    stream.on('finalContent', (content) => void told.push(`final ${content}`));
    stream.on('end', () => void told.push('end'));
    const { choices } = await stream.finalChatCompletion();
    await stream.done();
    expect(choices[0]!.message.content).toBe('Hello');
    expect(told).toEqual(['connect', 'Hel|Hel', 'lo|Hello', 'final Hello', 'end']);
    expect([stream.ended, stream.errored, stream.aborted]).toEqual([true, false, false]);
  });

  test('gives chunks to who walks through it', async () => {
    expect(await all(clientOf(chat()).chat.completions.stream(body))).toEqual(said);
  });

  test('fails when it is aborted', async () => {
    const stream = clientOf(scriptedFetch(() => 'silence')).chat.completions.stream(body);
    setTimeout(() => stream.abort(), 10);
    await expect(stream.done()).rejects.toBeInstanceOf(APIUserAbortError);
    expect(stream.aborted).toBe(true);
  });

  test('fails when the stream stops before its end', async () => {
    const stream = clientOf(scriptedFetch(() => events(...chunks.slice(0, 2)))).chat.completions.stream(body);
    await expect(stream.finalChatCompletion()).rejects.toThrow(/finish_reason/);
  });

  test('reads back what went over the wire', async () => {
    const stream = clientOf(chat()).chat.completions.stream(body);
    const { ChatCompletionStream } = await import('openai/lib/ChatCompletionStream');
    const again = ChatCompletionStream.fromReadableStream(stream.toReadableStream());
    expect(await again.finalContent()).toBe(completion().choices[0]!.message.content);
  });
});

describe('a stream of a response', () => {
  const responses = () => clientOf(scriptedFetch(() => events(...responseEvents)));
  const asked = { model: 'gpt-4o', input: 'Hi' };

  test('gives its events in order', async () => {
    const stream = await responses().responses.create({ ...asked, stream: true });
    expect(await all(stream)).toEqual(responseEvents.map((each): unknown => JSON.parse(each)));
  });

  test('tells every step through its helper and gives the whole at the end', async () => {
    const stream = responses().responses.stream(asked);
    const told: string[] = [];
    stream.on('response.output_text.delta', ({ delta, snapshot }) => void told.push(`${delta}|${snapshot}`));
    stream.on('response.completed', () => void told.push('completed'));
    const whole = await stream.finalResponse();
    expect([whole.id, whole.status, told]).toEqual(['resp_1', 'completed', ['Hel|Hel', 'lo|Hello', 'completed']]);
  });

  test('fails with the error that comes in it', async () => {
    const error = JSON.stringify({ type: 'error', code: 'x', message: 'No', param: null, sequence_number: 1 });
    const script = scriptedFetch(() => events(responseEvents[0]!, error));
    const stream = await clientOf(script).responses.create({ ...asked, stream: true });
    const outcome: unknown = await all(stream).catch((each: unknown) => each);
    expect(outcome).toBeDefined();
  });
});
