import { clientPair, settled } from '../../helpers/measuredClient.js';
import { SDKS } from '../../helpers/sdks.js';
import { untilCollected } from '../../helpers/untilCollected.js';

const USAGE = { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 };
const CHAT = {
  object: 'chat.completion',
  model: 'm-1',
  choices: [{ index: 0, message: { role: 'assistant', content: 'Hi' }, finish_reason: 'stop' }],
  usage: USAGE,
};
const QUESTION = { model: 'm-1', messages: [{ role: 'user' as const, content: 'Hi' }] };

describe.each(SDKS)('$version', ({ version, OpenAI }) => {
  /** A measured client whose upstream always answers with this. */
  function answering(value: unknown) {
    const made: Response[] = [];
    const fetch = (): Promise<Response> => {
      made.push(new Response(JSON.stringify(value), { headers: { 'content-type': 'application/json' } }));
      return Promise.resolve(made.at(-1)!);
    };
    const { measured, reporter } = clientPair(OpenAI, { fetch, maxRetries: 0 });
    return { client: measured, reporter, made };
  }

  test('what the SDK parses is counted once, and may be asked for again', async () => {
    const { client, reporter } = answering(CHAT);
    const promise = client.chat.completions.create(QUESTION);
    const [first, second] = await Promise.all([promise, promise]);
    expect(second).toBe(first);
    expect((await promise.withResponse()).response.bodyUsed).toBe(true);
    await settled(reporter);
    expect(reporter.ended).toMatchObject([['ai_request_complete', { promptTokens: 3, completionTokens: 2 }]]);
  });

  test('an answer that the SDK turns into another value is counted as it came', async () => {
    const { client, reporter } = answering({ object: 'list', model: 'm-1', data: [{ embedding: [1] }], usage: USAGE });
    await client.embeddings.create({ model: 'm-1', input: 'Hi', encoding_format: 'float' });
    const taken = await client.embeddings.create({ model: 'm-1', input: 'Hi' }).asResponse();
    expect(await taken.json()).toMatchObject({ usage: USAGE });
    await settled(reporter);
    expect(reporter.ended).toMatchObject([
      ['ai_request_complete', { operation: 'embeddings', promptTokens: 3 }],
      ['ai_request_complete', { operation: 'embeddings', promptTokens: 3 }],
    ]);
  });

  test('a page of a list ends its call', async () => {
    const { client, reporter } = answering({ object: 'list', data: [{ id: 'm-1', object: 'model' }] });
    expect((await client.models.list()).data).toHaveLength(1);
    await settled(reporter);
    expect(reporter.ended).toMatchObject([['ai_request_complete', { operation: 'other' }]]);
    expect(reporter.inFlight).toBe(0);
  });

  test('a file of JSON is given unread, and its call ends once it is read', async () => {
    const { client, reporter } = answering({ some: 'file' });
    const response = await client.files.content('file-1');
    expect(reporter.inFlight).toBe(1);
    expect(response.bodyUsed).toBe(false);
    expect(await response.json()).toEqual({ some: 'file' });
    await settled(reporter);
    expect(reporter.ended).toMatchObject([['ai_request_complete', { operation: 'other' }]]);
  });

  test('an answer that nobody asks for ends its call as aborted once it is garbage', async () => {
    const { client, reporter, made } = answering(CHAT);
    void client.chat.completions.create(QUESTION);
    await client.chat.completions.create(QUESTION).asResponse();
    await client.files.content('file-1');
    made.length = 0;
    expect(reporter.inFlight).toBe(3);
    await untilCollected(() => reporter.inFlight === 0);
    expect(reporter.ended.map(([eventName]) => eventName)).toEqual(Array(3).fill('ai_request_aborted'));
  });

  test('an answer of JSON that has no body ends its call, whoever takes it', async () => {
    const headers = { 'content-type': 'application/json', 'content-length': '0' };
    const fetch = (): Promise<Response> => Promise.resolve(new Response(null, { headers }));
    const { measured, reporter } = clientPair(OpenAI, { fetch, maxRetries: 0 });
    await measured.chat.completions.create(QUESTION).asResponse();
    // openai 5 reads it all the same, and throws.
    await measured.chat.completions.create(QUESTION).catch(() => undefined);
    await settled(reporter);
    expect(reporter.ended).toMatchObject(Array(2).fill(['ai_request_complete', { usageMissing: 'not_sent' }]));
    expect(reporter.inFlight).toBe(0);
  });

  test('a request that is frozen is measured', async () => {
    const { client, reporter } = answering(CHAT);
    await client.request(Object.freeze({ method: 'post', path: '/chat/completions', body: QUESTION }));
    await settled(reporter);
    expect(reporter.ended).toMatchObject([['ai_request_complete', { promptTokens: 3 }]]);
  });

  test('a response that only the SDK has read is as it came', async () => {
    const { client, made } = answering(CHAT);
    await client.chat.completions.create(QUESTION);
    // openai 7 tries again by itself when a body does not come, so there it is the response that is watched.
    if (version !== 'openai 7') expect(Object.getPrototypeOf(made[0])).toBe(Response.prototype);
    expect(made[0]).toBeInstanceOf(Response);
  });
});
