import type OpenAI from 'openai';
import { completion, EVENT_STREAM, response } from './openaiAnswers.js';
import type { Answer, SeenRequest, Step } from './scriptedServer.js';
import { streamFixture } from './streamFixtures.js';

export interface CallOptions {
  readonly signal?: AbortSignal;
  readonly timeout?: number;
}

export interface Api {
  readonly name: 'chat' | 'responses';
  readonly json: object;
  /** The usage that a whole answer tells, as the reporter gets it. */
  readonly usage: object;
  /** The same for the stream. */
  readonly streamUsage: object;
  /** The events of a whole stream, as this request asks for them. */
  events(request: SeenRequest): string[];
  create(client: OpenAI, options?: CallOptions): PromiseLike<unknown>;
  stream(client: OpenAI, options?: CallOptions): Promise<EventStream>;
}

/** What the SDK's streams have in common. */
export interface EventStream extends AsyncIterable<unknown> {
  readonly controller: AbortController;
  tee(): [AsyncIterable<unknown>, AsyncIterable<unknown>];
  toReadableStream(): ReadableStream;
}

const messages = [{ role: 'user' as const, content: 'Hi' }];

const chat: Api = {
  name: 'chat',
  json: completion,
  usage: { promptTokens: 12, completionTokens: 7, totalTokens: 19 },
  streamUsage: { promptTokens: 12, completionTokens: 7, totalTokens: 19 },
  events: ({ body }) => {
    const events = eventsOf('chat');
    if (body.includes('"include_usage":true')) return events;
    return events.filter((event) => !event.includes('"choices":[]')).map((event) => event.replace(',"usage":null', ''));
  },
  create: (client, options) => client.chat.completions.create({ model: 'gpt-4o-mini', messages }, options),
  stream: (client, options) =>
    client.chat.completions.create({ model: 'gpt-4o-mini', messages, stream: true }, options),
};

const responses: Api = {
  name: 'responses',
  json: response,
  usage: { promptTokens: 20, completionTokens: 5, totalTokens: 25 },
  streamUsage: { promptTokens: 20, completionTokens: 5, totalTokens: 25 },
  events: () => eventsOf('responses'),
  create: (client, options) => client.responses.create({ model: 'gpt-4.1', input: 'Hi' }, options),
  stream: (client, options) => client.responses.create({ model: 'gpt-4.1', input: 'Hi', stream: true }, options),
};

export const APIS: readonly Api[] = [chat, responses];

/** A stream of what `change` makes of the events that the request asks for. */
export function streamed(api: Api, change: (events: string[]) => readonly Step[] = (events) => events) {
  return (request: SeenRequest): Answer => ({ headers: EVENT_STREAM, steps: change(api.events(request)) });
}

function eventsOf(name: string): string[] {
  const events = new TextDecoder().decode(streamFixture(name)).split('\n\n');
  return events.slice(0, -1).map((event) => `${event}\n\n`);
}
