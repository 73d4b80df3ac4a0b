import { zodTextFormat } from 'openai/helpers/zod';
import { z } from 'zod';
import { collect } from '../../helpers/collect.js';
import { withSimulator } from '../../helpers/withSimulator.js';

const weather = {
  type: 'function' as const,
  name: 'weather',
  strict: true,
  parameters: {
    type: 'object',
    properties: { city: { type: 'string' } },
    required: ['city'],
    additionalProperties: false,
  },
};

/** The same type twice in a row is told once. */
function distinct(types: readonly string[]): string[] {
  return types.filter((type, i) => type !== types[i - 1]);
}

const MESSAGE_EVENTS = [
  'response.output_item.added',
  'response.content_part.added',
  'response.output_text.delta',
  'response.output_text.done',
  'response.content_part.done',
  'response.output_item.done',
];

describe('POST /v1/responses', () => {
  it('answers with text, a dated model and usage that adds up', () =>
    withSimulator({}, async ({ client }) => {
      const response = await client.responses.create({ model: 'gpt-4.1', input: 'How are you?', metadata: { a: 'b' } });
      expect(response).toMatchObject({ status: 'completed', model: 'gpt-4.1-2025-04-14', metadata: { a: 'b' } });
      expect(response.output_text).not.toBe('');
      expect(response.usage!.total_tokens).toBe(response.usage!.input_tokens + response.usage!.output_tokens);
    }));

  it.each([
    ['gpt-4.1', []],
    ['gpt-5', ['response.output_item.added', 'response.output_item.done']],
  ])('streams the events of %s in the order of the API', (model, reasoning) =>
    withSimulator({}, async ({ client }) => {
      const events = await collect(await client.responses.create({ model, input: 'How are you?', stream: true }));
      expect(distinct(events.map(({ type }) => type))).toEqual([
        'response.created',
        'response.in_progress',
        ...reasoning,
        ...MESSAGE_EVENTS,
        'response.completed',
      ]);
      expect(events.map((event) => event.sequence_number)).toEqual([...events.keys()]);
      const text = events.map((event) => (event.type === 'response.output_text.delta' ? event.delta : '')).join('');
      const last = events.at(-1)!;
      if (last.type !== 'response.completed') throw new Error('not completed');
      expect(JSON.stringify(last.response.output)).toContain(JSON.stringify(text));
      expect(last.response.usage!.output_tokens_details.reasoning_tokens > 0).toBe(model === 'gpt-5');
    }),
  );

  it('assembles with the stream helper', () =>
    withSimulator({}, async ({ client }) => {
      const final = await client.responses.stream({ model: 'gpt-5-mini', input: 'How are you?' }).finalResponse();
      expect(final.status).toBe('completed');
      expect(final.output.map(({ type }) => type)).toEqual(['reasoning', 'message']);
    }));

  it.each([true, false])('is incomplete when the tokens run out (stream: %s)', (stream) =>
    withSimulator({}, async ({ client }) => {
      const ask = { model: 'gpt-4.1', input: 'How are you?', max_output_tokens: 16 };
      const response = stream ? await client.responses.stream(ask).finalResponse() : await client.responses.create(ask);
      expect(response.status).toBe('incomplete');
      expect(response.incomplete_details).toEqual({ reason: 'max_output_tokens' });
      expect(response.usage!.output_tokens).toBe(16);
    }),
  );

  it.each([true, false])('calls a function that is required (stream: %s)', (stream) =>
    withSimulator({}, async ({ client }) => {
      const ask = { model: 'gpt-4.1', input: 'Rain?', tools: [weather], tool_choice: 'required' as const };
      const { output } = stream
        ? await client.responses.stream(ask).finalResponse()
        : await client.responses.create(ask);
      const call = output.find(({ type }) => type === 'function_call');
      if (call?.type !== 'function_call') throw new Error('no function call');
      expect(JSON.parse(call.arguments)).toEqual({ city: expect.stringMatching(/./) as string });
    }),
  );

  it('talks once it has the result of a function', () =>
    withSimulator({}, async ({ client }) => {
      const output = { type: 'function_call_output' as const, call_id: 'call_1', output: 'rain' };
      for (let i = 0; i < 10; i += 1) {
        const response = await client.responses.create({ model: 'gpt-4.1', input: [output], tools: [weather] });
        expect(response.output_text).not.toBe('');
      }
    }));

  it('fills a structured output that parse() accepts', () =>
    withSimulator({}, async ({ client }) => {
      const Person = z.object({ name: z.string(), age: z.int(), manager: z.nullable(z.string()) });
      const text = { format: zodTextFormat(Person, 'person') };
      const parsed = await client.responses.parse({ model: 'gpt-4.1', input: 'Who?', text });
      expect(Person.parse(parsed.output_parsed)).toEqual(parsed.output_parsed);
    }));

  it('fails inside of a 200 when it is told to', () =>
    withSimulator({}, async ({ client }) => {
      const ask = { model: 'gpt-4.1', input: 'How are you?' };
      const options = { headers: { 'x-simulate': 'failed' } };
      const whole = await client.responses.create(ask, options);
      expect(whole).toMatchObject({ status: 'failed', error: { code: 'server_error' } });
      const events = await collect(await client.responses.create({ ...ask, stream: true }, options));
      expect(events.at(-1)).toMatchObject({
        type: 'response.failed',
        sequence_number: 6,
        response: { status: 'failed' },
      });
    }));
});
