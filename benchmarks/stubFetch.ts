/** An upstream without a network: answers at once with what the API would. */
export const CHUNKS = 50;

const LIMITS = {
  'x-ratelimit-limit-requests': '10000',
  'x-ratelimit-limit-tokens': '2000000',
  'x-ratelimit-remaining-requests': '9999',
  'x-ratelimit-remaining-tokens': '1999871',
  'x-ratelimit-reset-requests': '6ms',
  'x-ratelimit-reset-tokens': '3ms',
};

const USAGE = {
  prompt_tokens: 120,
  completion_tokens: 50,
  total_tokens: 170,
  prompt_tokens_details: { cached_tokens: 64, audio_tokens: 0 },
  completion_tokens_details: { reasoning_tokens: 0, audio_tokens: 0 },
};

const HEAD = { id: 'chatcmpl-1', created: 1, model: 'gpt-4o-mini-2024-07-18', service_tier: 'default' };

const ANSWER = JSON.stringify({
  ...HEAD,
  object: 'chat.completion',
  choices: [{ index: 0, message: { role: 'assistant', content: 'word '.repeat(50) }, finish_reason: 'stop' }],
  usage: USAGE,
});

const EVENTS = events();

export function stubFetch(_url: unknown, init?: RequestInit): Promise<Response> {
  const streaming = typeof init?.body === 'string' && init.body.includes('"stream":true');
  if (!streaming) return Promise.resolve(answerOf(ANSWER, 'application/json'));
  let at = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const event = EVENTS[at];
      at += 1;
      if (event === undefined) controller.close();
      else controller.enqueue(event);
    },
  });
  return Promise.resolve(answerOf(body, 'text/event-stream; charset=utf-8'));
}

const answerOf = (body: BodyInit, type: string): Response =>
  new Response(body, { headers: { ...LIMITS, 'content-type': type, 'x-request-id': 'req_1' } });

function events(): readonly Uint8Array[] {
  const chunk = (fields: object): Uint8Array =>
    Buffer.from(`data: ${JSON.stringify({ ...HEAD, object: 'chat.completion.chunk', ...fields })}\n\n`);
  const delta = (content: string): object => ({ index: 0, delta: { content }, logprobs: null, finish_reason: null });
  return [
    ...Array.from({ length: CHUNKS }, (_, at) => chunk({ choices: [delta(`word ${at}`)], usage: null })),
    chunk({ choices: [{ index: 0, delta: {}, logprobs: null, finish_reason: 'stop' }], usage: null }),
    chunk({ choices: [], usage: USAGE }),
    Buffer.from('data: [DONE]\n\n'),
  ];
}
