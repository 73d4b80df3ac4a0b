import { createOpenAI } from '@ai-sdk/openai';
import { ChatOpenAI, OpenAIEmbeddings } from '@langchain/openai';
import { embed, embedMany, generateText, jsonSchema, Output, stepCountIs, streamText, tool } from 'ai';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import OpenAI from 'openai';
import { collect } from './collect.js';

/** Where a client finds the API, and what it sends along. */
export interface Place {
  /** Ends in `/v1`. */
  readonly baseURL: string;
  readonly headers?: Record<string, string>;
}

/** One thing that people do with one of the clients that they use. */
export interface ClientCall {
  readonly title: string;
  /** Whether the answer comes as a stream. */
  readonly stream?: boolean;
  /** How many calls of the API it comes to; 1 unless told. */
  readonly calls?: number;
  /** Resolves to what the application gets, or rejects with what it has to catch. */
  readonly run: (place: Place) => Promise<unknown>;
}

const prompt = 'What is the weather in Paris?';
const messages = [{ role: 'user' as const, content: prompt }];
const person = {
  type: 'object' as const,
  properties: { name: { type: 'string' as const }, age: { type: 'integer' as const } },
  required: ['name', 'age'],
  additionalProperties: false as const,
};
const city = {
  type: 'object' as const,
  properties: { city: { type: 'string' as const } },
  required: ['city'],
  additionalProperties: false as const,
};
const format = { type: 'json_schema' as const, name: 'person', strict: true, schema: person };

const vercel = ({ baseURL, headers }: Place) =>
  createOpenAI({ baseURL, apiKey: 'sk-test', ...(headers && { headers }) });
const weather = tool({
  description: 'Tells the weather',
  inputSchema: jsonSchema<{ city: string }>(city),
  execute: () => 'sunny',
});

const VERCEL: readonly ClientCall[] = (['chat', 'responses'] as const).flatMap((api): ClientCall[] => {
  const at = (place: Place) => ({ model: vercel(place)[api]('gpt-4o'), prompt, maxRetries: 0 });
  const streamed = async (place: Place, options: object): Promise<unknown> => {
    const errors: unknown[] = [];
    const result = streamText({ ...at(place), ...options, onError: ({ error }) => void errors.push(error) });
    const parts = await collect(result.fullStream);
    if (errors.length > 0) throw errors[0];
    return [parts, await result.text, await result.usage, await result.finishReason];
  };
  const output = Output.object({ schema: jsonSchema<object>(person) });
  return [
    {
      title: `ai, ${api}: generateText`,
      run: async (place) => {
        const { text, usage, finishReason, response, content } = await generateText(at(place));
        return [text, usage, finishReason, response, content];
      },
    },
    { title: `ai, ${api}: streamText`, stream: true, run: (place) => streamed(place, {}) },
    {
      title: `ai, ${api}: an object`,
      run: async (place) => {
        const result = await generateText({ ...at(place), output });
        return [result.output, result.usage, result.finishReason];
      },
    },
    { title: `ai, ${api}: an object as it comes`, stream: true, run: (place) => streamed(place, { output }) },
    {
      title: `ai, ${api}: a tool, and the call after it`,
      calls: 2,
      run: async (place) => {
        const options = { tools: { weather }, toolChoice: 'required' as const, stopWhen: stepCountIs(2) };
        const { steps, totalUsage } = await generateText({ ...at(place), ...options });
        return [steps.map(({ content, finishReason, usage }) => [content, finishReason, usage]), totalUsage];
      },
    },
  ];
});

const EMBEDDINGS: readonly ClientCall[] = [
  {
    title: 'ai: embed',
    run: async (place) => {
      const model = vercel(place).embedding('text-embedding-3-small');
      const { embedding, usage } = await embed({ model, value: prompt, maxRetries: 0 });
      return [embedding, usage];
    },
  },
  {
    title: 'ai: embedMany',
    run: async (place) => {
      const model = vercel(place).embedding('text-embedding-3-small');
      const { embeddings, usage } = await embedMany({ model, values: ['a', 'b', 'c'], maxRetries: 0 });
      return [embeddings, usage];
    },
  },
  {
    title: '@langchain/openai: OpenAIEmbeddings',
    run: async ({ baseURL, headers }) =>
      await new OpenAIEmbeddings({
        model: 'text-embedding-3-small',
        apiKey: 'sk-test',
        maxRetries: 0,
        configuration: { baseURL, ...(headers && { defaultHeaders: headers }) },
      }).embedDocuments(['a', 'b']),
  },
];

const LANGCHAIN: readonly ClientCall[] = ([false, true] as const).flatMap((useResponsesApi): ClientCall[] => {
  const api = useResponsesApi ? 'responses' : 'chat';
  const chat = ({ baseURL, headers }: Place) =>
    new ChatOpenAI({
      model: 'gpt-4o',
      apiKey: 'sk-test',
      maxRetries: 0,
      useResponsesApi,
      configuration: { baseURL, logLevel: 'off', ...(headers && { defaultHeaders: headers }) },
    });
  const tools = [{ type: 'function' as const, function: { name: 'weather', parameters: city } }];
  return [
    { title: `@langchain/openai, ${api}: invoke`, run: async (place) => await chat(place).invoke(prompt) },
    {
      title: `@langchain/openai, ${api}: stream`,
      stream: true,
      run: async (place) => await collect(await chat(place).stream(prompt)),
    },
    {
      title: `@langchain/openai, ${api}: tools`,
      run: async (place) => await chat(place).bindTools(tools).invoke(prompt),
    },
    {
      title: `@langchain/openai, ${api}: structured output`,
      run: async (place) => await chat(place).withStructuredOutput(person, { method: 'jsonSchema' }).invoke(prompt),
    },
  ];
});

const sdk = ({ baseURL, headers }: Place) =>
  new OpenAI({
    apiKey: 'sk-test',
    baseURL,
    maxRetries: 0,
    logLevel: 'off',
    ...(headers && { defaultHeaders: headers }),
  });
/** Else the gateway asks, and another request gets another answer of the simulated API. */
const asksForUsage = { stream: true as const, stream_options: { include_usage: true } };

const OPENAI: readonly ClientCall[] = [
  {
    title: 'openai: chat.completions.create',
    run: async (place) => await sdk(place).chat.completions.create({ model: 'gpt-4o', messages }),
  },
  {
    title: 'openai: chat.completions.create, streamed',
    stream: true,
    run: async (place) =>
      await collect(await sdk(place).chat.completions.create({ model: 'gpt-4o', messages, ...asksForUsage })),
  },
  {
    title: 'openai: chat.completions.parse',
    run: async (place) => {
      const { type, ...schema } = format;
      const responseFormat = { type, json_schema: schema };
      const body = { model: 'gpt-4o', messages, response_format: responseFormat };
      return await sdk(place).chat.completions.parse(body);
    },
  },
  {
    title: 'openai: responses.create',
    run: async (place) => await sdk(place).responses.create({ model: 'gpt-5', input: prompt }),
  },
  {
    title: 'openai: responses.create, streamed',
    stream: true,
    run: async (place) =>
      await collect(await sdk(place).responses.create({ model: 'gpt-5', input: prompt, stream: true })),
  },
  {
    title: 'openai: responses.parse',
    run: async (place) => await sdk(place).responses.parse({ model: 'gpt-4o', input: prompt, text: { format } }),
  },
  {
    title: 'openai: embeddings.create',
    run: async (place) => await sdk(place).embeddings.create({ model: 'text-embedding-3-small', input: prompt }),
  },
];

const curl = (title: string, path: string, body: object): ClientCall => ({
  title: `curl: ${title}`,
  ...('stream' in body && { stream: true }),
  run: async ({ baseURL, headers = {} }) => {
    const all = { 'content-type': 'application/json', authorization: 'Bearer sk-test', ...headers };
    const fields = Object.entries(all).flatMap(([name, value]) => ['-H', `${name}: ${value}`]);
    const address = baseURL + path;
    const { stdout } = await promisify(execFile)('curl', [
      '-sSN', '--fail-with-body', '-w', '\n%{http_code}', ...fields, '-d', JSON.stringify(body), address,
    ]).catch((error: unknown) => {
      const { code, stdout: said } = error as { readonly code: number; readonly stdout: string };
      // 18: the answer stopped before its end; 56: its connection was reset.
      throw new Error(`curl ended with ${code === 56 ? 18 : code}: ${said}`);
    }); // prettier-ignore
    return stdout;
  },
});

const CURL: readonly ClientCall[] = [
  curl('chat', '/chat/completions', { model: 'gpt-4o', messages }),
  curl('chat, streamed', '/chat/completions', { model: 'gpt-4o', messages, ...asksForUsage }),
  curl('responses', '/responses', { model: 'gpt-5', input: prompt }),
  curl('responses, streamed', '/responses', { model: 'gpt-5', input: prompt, stream: true }),
  curl('embeddings', '/embeddings', { model: 'text-embedding-3-small', input: prompt }),
];

export const CLIENT_CALLS: readonly ClientCall[] = [...VERCEL, ...LANGCHAIN, ...OPENAI, ...CURL, ...EMBEDDINGS];
