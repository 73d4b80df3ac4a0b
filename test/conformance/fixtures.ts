export const messages = [{ role: 'user' as const, content: 'Hi' }];
export const body = { model: 'gpt-4o-mini', messages };

export const completion = (content: string | null = 'Hello', extra: object = {}) => ({
  id: 'chatcmpl-1',
  object: 'chat.completion',
  created: 1_700_000_000,
  model: 'gpt-4o-mini-2024-07-18',
  choices: [
    {
      index: 0,
      finish_reason: 'stop',
      logprobs: null,
      message: { role: 'assistant', content, refusal: null, ...extra },
    },
  ],
  usage: { prompt_tokens: 9, completion_tokens: 2, total_tokens: 11 },
});

export const toolCalls = [
  { id: 'call_1', type: 'function', function: { name: 'weather', arguments: '{"city":"Rome"}' } },
];

const chunk = (delta: object, reason: string | null = null): string =>
  JSON.stringify({
    id: 'chatcmpl-1',
    object: 'chat.completion.chunk',
    created: 1_700_000_000,
    model: 'gpt-4o-mini-2024-07-18',
    choices: [{ index: 0, delta, logprobs: null, finish_reason: reason }],
  });

export const chunks: readonly string[] = [
  chunk({ role: 'assistant', content: '' }),
  chunk({ content: 'Hel' }),
  chunk({ content: 'lo' }),
  chunk({}, 'stop'),
  '[DONE]',
];

export const response = (status: string, text: string) => ({
  id: 'resp_1',
  object: 'response',
  created_at: 1_700_000_000,
  status,
  model: 'gpt-4o-2024-08-06',
  output: text === '' ? [] : [message(text)],
  usage: { input_tokens: 9, output_tokens: 2, total_tokens: 11 },
});

const message = (text: string) => ({
  type: 'message',
  id: 'msg_1',
  status: 'completed',
  role: 'assistant',
  content: [{ type: 'output_text', text, annotations: [] }],
});

const part = { output_index: 0, content_index: 0, item_id: 'msg_1' };

export const responseEvents: readonly string[] = [
  { type: 'response.created', response: response('in_progress', '') },
  { type: 'response.output_item.added', output_index: 0, item: { ...message(''), content: [] } },
  { type: 'response.content_part.added', ...part, part: { type: 'output_text', text: '', annotations: [] } },
  { type: 'response.output_text.delta', ...part, delta: 'Hel', logprobs: [] },
  { type: 'response.output_text.delta', ...part, delta: 'lo', logprobs: [] },
  { type: 'response.output_text.done', ...part, text: 'Hello', logprobs: [] },
  { type: 'response.output_item.done', output_index: 0, item: message('Hello') },
  { type: 'response.completed', response: response('completed', 'Hello') },
].map((event, index) => JSON.stringify({ ...event, sequence_number: index }));
