/** A call of the API as the fault matrix makes it: what is asked, and what a healthy upstream answers. */
export interface ApiCall {
  readonly name: string;
  readonly path: string;
  readonly stream: boolean;
  readonly body: string;
  /** The answer's content type and its pieces: events of a stream, parts of a JSON text. */
  readonly contentType: string;
  /** `asked`: whether the request that reached the upstream asks for usage. */
  readonly pieces: (asked: boolean) => readonly string[];
}

const CHAT_USAGE = '"usage":{"prompt_tokens":9,"completion_tokens":12,"total_tokens":21}';
const RESPONSES_USAGE = '"usage":{"input_tokens":9,"output_tokens":12,"total_tokens":21}';

const chatChunk =
  (asked: boolean) =>
  (choices: string): string =>
    `data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1700000000,"model":"gpt-4o-2024-08-06",` +
    `"choices":${choices}${asked ? ',"usage":null' : ''}}\n\n`;

const delta = (fields: string, reason = 'null'): string =>
  `[{"index":0,"delta":{${fields}},"logprobs":null,"finish_reason":${reason}}]`;

function chatEvents(asked: boolean): readonly string[] {
  const chunk = chatChunk(asked);
  return [
    chunk(delta('"role":"assistant","content":""')),
    chunk(delta('"content":"Grüße, "')),
    chunk(delta('"content":"日本 🎉"')),
    chunk(delta('', '"stop"')),
    ...(asked
      ? [
          'data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1700000000,"model":"gpt-4o-2024-08-06",' +
            `"choices":[],${CHAT_USAGE}}\n\n`,
        ]
      : []),
    'data: [DONE]\n\n',
  ];
}

const response = (status: string, usage: string): string =>
  `{"id":"resp_1","object":"response","created_at":1700000000,"status":"${status}","model":"gpt-4o-2024-08-06",` +
  `"output":[],${usage}}`;

const event = (type: string, fields: string): string => `event: ${type}\ndata: {"type":"${type}",${fields}}\n\n`;

const RESPONSES_EVENTS: readonly string[] = [
  event('response.created', `"response":${response('in_progress', '"usage":null')}`),
  event('response.in_progress', `"response":${response('in_progress', '"usage":null')}`),
  event('response.output_text.delta', '"item_id":"msg_1","output_index":0,"content_index":0,"delta":"Grüße, "'),
  event('response.output_text.delta', '"item_id":"msg_1","output_index":0,"content_index":0,"delta":"日本 🎉"'),
  event('response.completed', `"response":${response('completed', RESPONSES_USAGE)}`),
];

const JSON_TYPE = 'application/json';
const EVENT_STREAM = 'text/event-stream; charset=utf-8';

const halves = (text: string): readonly string[] => [text.slice(0, text.length / 2), text.slice(text.length / 2)];

export const API_CALLS: readonly ApiCall[] = [
  {
    name: 'chat, json',
    path: '/chat/completions',
    stream: false,
    body: '{"model":"gpt-4o","messages":[{"role":"user","content":"Hello"}]}',
    contentType: JSON_TYPE,
    pieces: () =>
      halves(
        '{"id":"chatcmpl-1","object":"chat.completion","created":1700000000,"model":"gpt-4o-2024-08-06","choices":' +
          `[{"index":0,"message":{"role":"assistant","content":"Grüße, 日本"},"finish_reason":"stop"}],${CHAT_USAGE}}`,
      ),
  },
  {
    name: 'chat, stream',
    path: '/chat/completions',
    stream: true,
    body: '{"model":"gpt-4o","messages":[{"role":"user","content":"Hello"}],"stream":true}',
    contentType: EVENT_STREAM,
    pieces: chatEvents,
  },
  {
    name: 'responses, json',
    path: '/responses',
    stream: false,
    body: '{"model":"gpt-4o","input":"Hello"}',
    contentType: JSON_TYPE,
    pieces: () => halves(response('completed', RESPONSES_USAGE)),
  },
  {
    name: 'responses, stream',
    path: '/responses',
    stream: true,
    body: '{"model":"gpt-4o","input":"Hello","stream":true}',
    contentType: EVENT_STREAM,
    pieces: () => RESPONSES_EVENTS,
  },
];
