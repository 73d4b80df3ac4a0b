import OpenAI, { AzureOpenAI } from 'openai';
import { body, completion } from './fixtures.js';
import { json, scriptedFetch } from './scriptedFetch.js';

const options = { apiKey: 'sk-mine', baseURL: 'http://127.0.0.1:1/v1', logLevel: 'off' as const };

describe('a client', () => {
  test('is an OpenAI, and says what it was made with', () => {
    const client = new OpenAI({ ...options, maxRetries: 4, timeout: 1234, organization: 'org', project: 'proj' });
    expect(client).toBeInstanceOf(OpenAI);
    expect(client.constructor.name).toBe('OpenAI');
    const { apiKey, baseURL, maxRetries, timeout, organization, project } = client;
    expect({ apiKey, baseURL, maxRetries, timeout, organization, project }).toEqual({
      apiKey: 'sk-mine',
      baseURL: options.baseURL,
      maxRetries: 4,
      timeout: 1234,
      organization: 'org',
      project: 'proj',
    });
    expect(client.buildURL('/foo', { a: 1 })).toBe('http://127.0.0.1:1/v1/foo?a=1');
  });

  test('retries twice and waits ten minutes unless told otherwise', () => {
    const { maxRetries, timeout, logLevel } = new OpenAI({ apiKey: 'sk' });
    expect({ maxRetries, timeout, logLevel }).toEqual({ maxRetries: 2, timeout: 600_000, logLevel: 'warn' });
  });

  test('refuses to be made without a key', () => {
    const key = process.env['OPENAI_API_KEY'];
    delete process.env['OPENAI_API_KEY'];
    const { fetch } = scriptedFetch(() => json({}));
    const ask = async () => await new OpenAI({ baseURL: options.baseURL, fetch, logLevel: 'off' }).get('/foo');
    return expect(ask())
      .rejects.toThrow(/apiKey|OPENAI_API_KEY/)
      .finally(() => {
        if (key !== undefined) process.env['OPENAI_API_KEY'] = key;
      });
  });

  test('sends its headers, the defaults, and those of the call; null takes one off', async () => {
    const { fetch, sent } = scriptedFetch(() => json({}));
    const client = new OpenAI({ ...options, fetch, defaultHeaders: { 'x-mine': '1', 'x-other': '2' } });
    await client.get('/foo', { headers: { 'x-other': null, 'x-call': '3', 'x-mine': undefined } });
    const { headers, url, method } = sent[0]!;
    expect([url, method?.toLowerCase()]).toEqual(['http://127.0.0.1:1/v1/foo', 'get']);
    const said = [
      'authorization',
      'x-mine',
      'x-other',
      'x-call',
      'accept',
      'x-stainless-lang',
      'x-stainless-retry-count',
    ];
    expect(said.map((name) => headers.get(name))).toEqual([
      'Bearer sk-mine',
      '1',
      null,
      '3',
      'application/json',
      'js',
      '0',
    ]);
  });

  test('sends the default query, and fetchOptions reach fetch', async () => {
    const { fetch, sent } = scriptedFetch(() => json({}));
    const client = new OpenAI({ ...options, fetch, defaultQuery: { version: '1' } });
    await client.get('/foo', { query: { b: 2 }, fetchOptions: { credentials: 'omit' } });
    expect(sent[0]!.url).toBe('http://127.0.0.1:1/v1/foo?version=1&b=2');
  });

  test('asks for its key anew at each call where the key is a function', async () => {
    const { fetch, sent } = scriptedFetch(() => json(completion()));
    let asked = 0;
    const client = new OpenAI({ ...options, fetch, apiKey: () => Promise.resolve(`sk-${(asked += 1)}`) });
    await client.chat.completions.create(body);
    await client.chat.completions.create(body);
    const keys = sent.map(({ headers }) => headers.get('authorization'));
    expect(new Set(keys).size).toBe(2);
  });

  test('gives another of its kind with other options, and stays as it is', async () => {
    const { fetch, sent } = scriptedFetch(() => json({ ok: true }));
    const client = new OpenAI({ ...options, fetch, maxRetries: 3, defaultHeaders: { 'x-mine': '1' } });
    client.timeout = 2000;
    const other = client.withOptions({ maxRetries: 5, baseURL: 'http://127.0.0.1:1/other' });
    expect(other).not.toBe(client);
    expect(other.constructor).toBe(client.constructor);
    expect([other.maxRetries, other.timeout, other.baseURL]).toEqual([5, 2000, 'http://127.0.0.1:1/other']);
    expect([client.maxRetries, client.baseURL]).toEqual([3, options.baseURL]);
    expect(await other.get('/foo')).toEqual({ ok: true });
    expect([sent[0]!.url, sent[0]!.headers.get('x-mine')]).toEqual(['http://127.0.0.1:1/other/foo', '1']);
  });

  test('is what subclasses are made of', async () => {
    class Mine extends OpenAI {
      readonly prepared: string[] = [];

      mine(): string {
        return `mine at ${this.baseURL}`;
      }

      protected override prepareOptions({ path }: { readonly path: string }): Promise<void> {
        this.prepared.push(path);
        return Promise.resolve();
      }
    }
    const { fetch } = scriptedFetch(() => json({}));
    const client = new Mine({ ...options, fetch });
    await client.get('/foo');
    expect(client).toBeInstanceOf(Mine);
    expect(client.mine()).toBe(`mine at ${options.baseURL}`);
    expect(client.prepared).toEqual(['/foo']);
  });

  test('of Azure goes to the deployment with its key', async () => {
    const { fetch, sent } = scriptedFetch(() => json(completion()));
    const client = new AzureOpenAI({ endpoint: 'http://127.0.0.1:1', apiKey: 'az', apiVersion: '2024-10-21', fetch });
    await client.chat.completions.create(body);
    const url = 'http://127.0.0.1:1/openai/deployments/gpt-4o-mini/chat/completions?api-version=2024-10-21';
    expect([sent[0]!.url, sent[0]!.headers.get('api-key')]).toEqual([url, 'az']);
  });

  test('writes what it does to its logger', async () => {
    const lines: string[] = [];
    const at = (level: string) => (line: string) => void lines.push(`${level} ${line.replace(/log_\w+|\d+ms/g, '*')}`);
    const logger = { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
    const { fetch } = scriptedFetch(() => json(completion()));
    await new OpenAI({ ...options, fetch, logger, logLevel: 'debug' }).chat.completions.create(body);
    expect(lines.map((line) => line.split(' ')[0])).toContain('debug');
    expect(lines.some((line) => line.includes('succeeded with status 200'))).toBe(true);
  });
});
