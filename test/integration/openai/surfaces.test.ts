import { jest } from '@jest/globals';
import { APIS, streamed } from '../../helpers/apis.js';
import { completion, eventsAnswer, jsonAnswer } from '../../helpers/openaiAnswers.js';
import { outcomeOf } from '../../helpers/outcome.js';
import { testSurfaces, type Surface } from '../../helpers/surface.js';

const [chat, responses] = APIS as [(typeof APIS)[number], (typeof APIS)[number]];
const model = 'gpt-4o-mini';
const messages = [{ role: 'user' as const, content: 'Hi' }];
const chatJson = jsonAnswer(completion, 200, { 'x-request-id': 'req_9' });
const chatStream = streamed(chat);
const chatDone = ['ai_request_complete', { operation: 'chat', totalTokens: 19 }] as const;
const chatStreamDone = ['ai_stream_complete', { operation: 'chat', totalTokens: 19 }] as const;

const toolCall = {
  ...completion,
  choices: [
    {
      index: 0,
      finish_reason: 'tool_calls',
      logprobs: null,
      message: {
        role: 'assistant',
        content: null,
        refusal: null,
        tool_calls: [{ id: 'c1', type: 'function', function: { name: 'weather', arguments: '{}' } }],
      },
    },
  ],
};

const SURFACES: readonly Surface[] = [
  {
    title: 'withResponse()',
    scripts: [chatJson],
    call: async (client) => {
      const { data, response, request_id } = await client.chat.completions.create({ model, messages }).withResponse();
      return [
        data,
        response.status,
        response.url,
        response.bodyUsed,
        request_id,
        Reflect.get(data, '_request_id'),
      ] as unknown[];
    },
    ended: [chatDone],
  },
  {
    title: 'asResponse() and json()',
    scripts: [chatJson],
    call: async (client) => {
      const response = await client.chat.completions.create({ model, messages }).asResponse();
      const before = response.bodyUsed;
      const value: unknown = await response.json();
      return [before, value, response.bodyUsed, response.headers.get('x-request-id'), response.type];
    },
    ended: [chatDone],
  },
  {
    title: 'asResponse() and its bytes',
    scripts: [chatJson],
    call: async (client) => {
      const response = await client.chat.completions.create({ model, messages }).asResponse();
      return [response instanceof Response, Buffer.from(await response.arrayBuffer()).toString()];
    },
    ended: [chatDone],
  },
  {
    title: 'asResponse(), clone() and both bodies',
    scripts: [chatJson],
    call: async (client) => {
      const response = await client.chat.completions.create({ model, messages }).asResponse();
      const clone = response.clone();
      return [await clone.text(), clone.url, await response.text(), response.url, clone.status];
    },
    ended: [chatDone],
  },
  {
    title: 'asResponse() and its body as a stream',
    scripts: [chatJson],
    call: async (client) => {
      const { body } = await client.chat.completions.create({ model, messages }).asResponse();
      return await new Response(body).text();
    },
    ended: [chatDone],
  },
  {
    title: 'asResponse() of a stream',
    scripts: [chatStream],
    call: async (client) =>
      await (await client.chat.completions.create({ model, messages, stream: true }).asResponse()).text(),
    ended: [chatStreamDone],
  },
  {
    title: 'a body read twice',
    scripts: [chatJson],
    call: async (client) => {
      const response = await client.chat.completions.create({ model, messages }).asResponse();
      await response.text();
      const again = await outcomeOf(async (see) => see(await response.text()));
      return again.error?.className;
    },
    ended: [chatDone],
  },
  {
    title: 'the same promise awaited twice',
    scripts: [chatJson],
    call: async (client) => {
      const promise = client.chat.completions.create({ model, messages });
      return [(await promise) === (await promise), (await promise.asResponse()).status];
    },
    ended: [chatDone],
  },
  {
    title: 'chat.completions.parse()',
    scripts: [
      jsonAnswer({
        ...completion,
        choices: [{ ...completion.choices[0], message: { role: 'assistant', content: '{"a":1}', refusal: null } }],
      }),
    ],
    call: async (client) => {
      const format = { type: 'json_schema' as const, json_schema: { name: 'x', schema: {} } };
      return await client.chat.completions.parse({ model, messages, response_format: format });
    },
    ended: [chatDone],
  },
  {
    title: 'chat.completions.stream()',
    scripts: [chatStream],
    call: async (client) => {
      const seen: string[] = [];
      const stream = client.chat.completions.stream({ model, messages });
      stream.on('content', (delta) => seen.push(delta));
      return [await stream.finalChatCompletion(), seen, await stream.totalUsage()];
    },
    ended: [chatStreamDone],
  },
  {
    title: 'chat.completions.runTools()',
    scripts: [jsonAnswer(toolCall), chatJson],
    call: async (client) => {
      const run = jest.fn(() => 'sunny');
      const tool = {
        type: 'function' as const,
        function: { name: 'weather', description: '', parameters: {}, function: run, parse: JSON.parse },
      };
      const runner = client.chat.completions.runTools({ model, messages, tools: [tool] });
      return [await runner.finalContent(), run.mock.calls.length, await runner.totalUsage()];
    },
    ended: [
      ['ai_request_complete', { finishReasons: ['tool_calls'] }],
      ['ai_request_complete', { finishReasons: ['stop'], messageCount: 3 }],
    ],
  },
  {
    title: 'responses.parse()',
    scripts: [jsonAnswer(responses.json)],
    call: async (client) => (await client.responses.parse({ model, input: 'Hi' })).output_text,
    ended: [['ai_request_complete', { operation: 'responses', ...responses.usage }]],
  },
  {
    title: 'responses.stream()',
    scripts: [eventsAnswer('responses')],
    call: async (client) => await client.responses.stream({ model, input: 'Hi' }).finalResponse(),
    ended: [['ai_stream_complete', { operation: 'responses', ...responses.usage }]],
  },
  {
    title: 'responses.retrieve()',
    scripts: [jsonAnswer(responses.json)],
    call: async (client) => await client.responses.retrieve('resp_1'),
    ended: [['ai_request_complete', { operation: 'other', totalTokens: null, usageMissing: null }]],
  },
];

testSurfaces(SURFACES);
