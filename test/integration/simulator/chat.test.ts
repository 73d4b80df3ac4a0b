import { zodResponseFormat } from 'openai/helpers/zod';
import type { RunnableToolFunctionWithoutParse } from 'openai/lib/RunnableFunction';
import { z } from 'zod';
import { collect } from '../../helpers/collect.js';
import { withSimulator } from '../../helpers/withSimulator.js';

const messages = [{ role: 'user' as const, content: 'How are you?' }];
const weather = {
  type: 'function' as const,
  function: {
    name: 'weather',
    parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
  },
};

describe('POST /v1/chat/completions', () => {
  it('answers with a dated model, usage that adds up, and limits in the headers', () =>
    withSimulator({}, async ({ client }) => {
      const { data, response } = await client.chat.completions.create({ model: 'gpt-4o', messages }).withResponse();

      expect(data).toMatchObject({ object: 'chat.completion', model: 'gpt-4o-2024-08-06', service_tier: 'default' });
      expect(data.choices[0]).toMatchObject({ finish_reason: 'stop', message: { role: 'assistant', refusal: null } });
      expect(data.usage!.total_tokens).toBe(data.usage!.prompt_tokens + data.usage!.completion_tokens);
      expect(response.headers.get('x-request-id')).toMatch(/^req_/);
      expect(response.headers.get('x-ratelimit-remaining-requests')).toBe('9999');
      expect(response.headers.get('x-ratelimit-reset-requests')).toMatch(/ms$/);
      expect(response.headers.get('openai-version')).toBe('2020-10-01');
    }));

  it('streams a role, then text, then a finish reason, and usage only when it is asked for', () =>
    withSimulator({}, async ({ client }) => {
      const read = async (includeUsage: boolean) => {
        const stream = await client.chat.completions.create({
          model: 'gpt-4o-mini',
          messages,
          stream: true,
          ...(includeUsage && { stream_options: { include_usage: true } }),
        });
        return collect(stream);
      };
      const plain = await read(false);
      const withUsage = await read(true);

      expect(plain[0]!.choices[0]!.delta).toEqual({ role: 'assistant', content: '', refusal: null });
      expect(plain.at(-1)!.choices[0]).toMatchObject({ delta: {}, finish_reason: 'stop' });
      expect(plain.every((chunk) => !('usage' in chunk))).toBe(true);
      expect(withUsage.slice(0, -1).every(({ usage }) => usage === null)).toBe(true);
      const pieces = withUsage.filter(({ choices }) => (choices[0]?.delta.content ?? '') !== '').length;
      expect(withUsage.at(-1)).toMatchObject({ choices: [], usage: { completion_tokens: pieces } });
    }));

  it('gives as many choices as n, in JSON and in a stream', () =>
    withSimulator({}, async ({ client }) => {
      const whole = await client.chat.completions.create({ model: 'gpt-4o', messages, n: 3 });
      expect(whole.choices.map(({ index }) => index)).toEqual([0, 1, 2]);
      const final = await client.chat.completions.stream({ model: 'gpt-4o', messages, n: 3 }).finalChatCompletion();
      expect(final.choices.map(({ finish_reason }) => finish_reason)).toEqual(['stop', 'stop', 'stop']);
    }));

  it('ends with length when the tokens run out', () =>
    withSimulator({}, async ({ client }) => {
      const short = await client.chat.completions.create({ model: 'gpt-4o', messages, max_completion_tokens: 3 });
      expect(short.choices[0]!.finish_reason).toBe('length');
      expect(short.usage!.completion_tokens).toBe(3);
    }));

  it('counts reasoning as part of the completion', () =>
    withSimulator({}, async ({ client }) => {
      const { usage } = await client.chat.completions.create({ model: 'o4-mini', messages });
      const reasoning = usage!.completion_tokens_details!.reasoning_tokens!;
      expect(reasoning).toBeGreaterThan(0);
      expect(usage!.completion_tokens).toBeGreaterThan(reasoning);
    }));

  it('counts the beginning of a long prompt as cached the second time', () =>
    withSimulator({}, async ({ client }) => {
      const long = [{ role: 'user' as const, content: 'words '.repeat(2000) }];
      const ask = async () => (await client.chat.completions.create({ model: 'gpt-4o', messages: long })).usage!;
      expect((await ask()).prompt_tokens_details!.cached_tokens).toBe(0);
      expect((await ask()).prompt_tokens_details!.cached_tokens).toBe(2048);
    }));

  it('calls a function whose arguments fit its schema', () =>
    withSimulator({}, async ({ client }) => {
      const ask = { model: 'gpt-4o', messages, tools: [weather], tool_choice: 'required' as const };
      const whole = await client.chat.completions.create(ask);
      const streamed = await client.chat.completions.stream(ask).finalChatCompletion();
      for (const { choices } of [whole, streamed]) {
        expect(choices[0]!.finish_reason).toBe('tool_calls');
        const call = choices[0]!.message.tool_calls![0]!;
        if (call.type !== 'function') throw new Error('not a function');
        expect(JSON.parse(call.function.arguments)).toEqual({ city: expect.stringMatching(/./) as string });
      }
    }));

  it('fills a structured output that parse() accepts', () =>
    withSimulator({}, async ({ client }) => {
      const Review = z.object({ title: z.string(), stars: z.int().min(1).max(5), tags: z.array(z.enum(['a', 'b'])) });
      const format = zodResponseFormat(Review, 'review');
      const parsed = await client.chat.completions.parse({ model: 'gpt-4o', messages, response_format: format });
      expect(Review.parse(parsed.choices[0]!.message.parsed)).toEqual(parsed.choices[0]!.message.parsed);
      const json = { type: 'json_object' as const };
      const free = await client.chat.completions.create({ model: 'gpt-4o', messages, response_format: json });
      expect(() => JSON.parse(free.choices[0]!.message.content!) as unknown).not.toThrow();
    }));

  it.each([true, false])('ends a run of tools with an answer (stream: %s)', (stream) =>
    withSimulator({}, async ({ client }) => {
      let calls = 0;
      const answer = () => `${(calls += 1)} degrees`;
      const tools: RunnableToolFunctionWithoutParse[] = [
        { type: 'function', function: { ...weather.function, description: 'The weather', function: answer } },
      ];
      const ask = { model: 'gpt-4o', messages, tools };
      // Whether the model calls the function is a matter of chance; in twenty runs it does.
      for (let run = 0; run < 20; run += 1) {
        const runner = stream
          ? client.chat.completions.runTools({ ...ask, stream: true })
          : client.chat.completions.runTools(ask);
        expect(await runner.finalContent()).not.toBe('');
      }
      expect(calls).toBeGreaterThan(0);
    }),
  );

  it('echoes the service tier', () =>
    withSimulator({}, async ({ client }) => {
      const answer = await client.chat.completions.create({ model: 'gpt-4o', messages, service_tier: 'flex' });
      expect(answer.service_tier).toBe('flex');
    }));
});
