import OpenAI, {
  APIConnectionError,
  APIConnectionTimeoutError,
  APIError,
  APIUserAbortError,
  RateLimitError,
} from 'openai';
import { body, completion } from './fixtures.js';
import { json, scriptedFetch } from './scriptedFetch.js';

const refusal =
  (status: number, headers: Record<string, string> = {}) =>
  () =>
    json({ error: { message: 'No', type: 'x', code: 'y', param: 'z' } }, status, { 'retry-after-ms': '1', ...headers });
const good = () => json(completion());

const clientOf = (script: ReturnType<typeof scriptedFetch>, options: object = {}) =>
  new OpenAI({ apiKey: 'sk', baseURL: 'http://127.0.0.1:1/v1', fetch: script.fetch, logLevel: 'off', ...options });

describe('a call that is tried again', () => {
  test.each([408, 409, 429, 500, 503, 529])('after %i succeeds, and says how often it was tried', async (status) => {
    const script = scriptedFetch(refusal(status), refusal(status), good);
    expect(await clientOf(script).chat.completions.create(body)).toMatchObject(completion());
    expect(script.sent.map(({ headers }) => headers.get('x-stainless-retry-count'))).toEqual(['0', '1', '2']);
    expect(new Set(script.sent.map(({ body: sent }) => sent)).size).toBe(1);
  });

  test('after a lost connection succeeds', async () => {
    const script = scriptedFetch(() => new TypeError('fetch failed'), good);
    const { headers } = { headers: { 'x-stainless-retry-count': null } };
    expect(await clientOf(script, { maxRetries: 1 }).chat.completions.create(body, { headers })).toMatchObject(
      completion(),
    );
    expect(script.sent.map((sent) => sent.headers.get('x-stainless-retry-count'))).toEqual([null, null]);
  });

  test('after a timeout succeeds', async () => {
    const script = scriptedFetch(() => 'silence', good);
    expect(await clientOf(script, { timeout: 20 }).chat.completions.create(body)).toMatchObject(completion());
    expect(script.sent).toHaveLength(2);
  });

  test('waits as long as retry-after says, be it a date', async () => {
    const past = new Date(0).toUTCString();
    const script = scriptedFetch(refusal(429, { 'retry-after-ms': '', 'retry-after': past }), good);
    expect(await clientOf(script, { maxRetries: 1 }).chat.completions.create(body)).toMatchObject(completion());
  });

  test('has one idempotency key where the client has such a header', async () => {
    const script = scriptedFetch(refusal(500), good);
    const client = clientOf(script);
    Reflect.set(client, 'idempotencyHeader', 'Idempotency-Key');
    await client.chat.completions.create(body, { idempotencyKey: 'mine' });
    expect(script.sent.map(({ headers }) => headers.get('idempotency-key'))).toEqual(['mine', 'mine']);
  });
});

describe('a call that is not tried again', () => {
  test.each([
    [400, 'BadRequestError'],
    [401, 'AuthenticationError'],
    [403, 'PermissionDeniedError'],
    [404, 'NotFoundError'],
    [422, 'UnprocessableEntityError'],
  ])('after %i fails as %s with the fields of the answer', async (status, name) => {
    const script = scriptedFetch(refusal(status, { 'x-request-id': 'req_1' }));
    const error: unknown = await clientOf(script)
      .chat.completions.create(body)
      .catch((each: unknown) => each);
    expect(error).toBeInstanceOf(APIError);
    expect((error as Error).constructor.name).toBe(name);
    expect(error).toMatchObject({
      status,
      code: 'y',
      type: 'x',
      param: 'z',
      requestID: 'req_1',
      message: `${status} No`,
    });
    expect(script.sent).toHaveLength(1);
  });

  test('because the answer says so', async () => {
    const script = scriptedFetch(refusal(500, { 'x-should-retry': 'false' }), good);
    await expect(clientOf(script).chat.completions.create(body)).rejects.toMatchObject({ status: 500 });
    expect(script.sent).toHaveLength(1);
  });

  test('is, where the answer says so though it is a 400', async () => {
    const script = scriptedFetch(refusal(400, { 'x-should-retry': 'true' }), good);
    expect(await clientOf(script).chat.completions.create(body)).toMatchObject(completion());
  });

  test('any more fails with the last answer', async () => {
    const script = scriptedFetch(refusal(429));
    await expect(clientOf(script, { maxRetries: 2 }).chat.completions.create(body)).rejects.toBeInstanceOf(
      RateLimitError,
    );
    expect(script.sent).toHaveLength(3);
    await expect(clientOf(script).chat.completions.create(body, { maxRetries: 0 })).rejects.toThrow('429');
    expect(script.sent).toHaveLength(4);
  });

  test('as its connection is lost fails with the cause', async () => {
    const cause = new TypeError('fetch failed');
    const script = scriptedFetch(() => cause);
    const error: unknown = await clientOf(script, { maxRetries: 0 })
      .models.list()
      .catch((each: unknown) => each);
    expect(error).toBeInstanceOf(APIConnectionError);
    expect(error).toMatchObject({ message: 'Connection error.', cause });
  });

  test('as it takes too long fails as a timeout', async () => {
    const script = scriptedFetch(() => 'silence');
    const call = clientOf(script, { maxRetries: 0, timeout: 20 }).chat.completions.create(body);
    await expect(call).rejects.toBeInstanceOf(APIConnectionTimeoutError);
  });
});

describe('a call that the application gives up', () => {
  test('before it began sends nothing', async () => {
    const script = scriptedFetch(good);
    const call = clientOf(script).chat.completions.create(body, { signal: AbortSignal.abort() });
    await expect(call).rejects.toBeInstanceOf(APIUserAbortError);
    expect(script.sent.every(({ signal }) => signal?.aborted === true)).toBe(true);
  });

  test('while it waits is not tried again', async () => {
    const script = scriptedFetch(() => 'silence');
    const controller = new AbortController();
    const call = clientOf(script).chat.completions.create(body, { signal: controller.signal });
    setTimeout(() => controller.abort(), 10);
    await expect(call).rejects.toBeInstanceOf(APIUserAbortError);
    expect(script.sent).toHaveLength(1);
  });

  test('after its end is nothing new', async () => {
    const controller = new AbortController();
    const answer = await clientOf(scriptedFetch(good)).chat.completions.create(body, { signal: controller.signal });
    controller.abort();
    expect(answer).toMatchObject(completion());
  });
});
