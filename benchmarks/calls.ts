import type OpenAI from 'openai';

const QUESTION = { model: 'gpt-4o-mini', messages: [{ role: 'user' as const, content: 'How is the weather?' }] };

export async function jsonCall(client: OpenAI): Promise<void> {
  await client.chat.completions.create(QUESTION);
}

/** A stream that asks for its usage itself, so that every instrumentation sees the same bytes. */
export async function streamCall(client: OpenAI): Promise<void> {
  const options = { ...QUESTION, stream: true as const, stream_options: { include_usage: true } };
  let chunks = 0;
  for await (const chunk of await client.chat.completions.create(options)) chunks += chunk.choices.length;
  if (chunks === 0) throw new Error('the stream was empty');
}
