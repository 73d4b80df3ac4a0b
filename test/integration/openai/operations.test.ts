import { completion, eventsAnswer, jsonAnswer } from '../../helpers/openaiAnswers.js';
import type { Script } from '../../helpers/scriptedServer.js';
import { testSurfaces, type Surface } from '../../helpers/surface.js';

const model = 'gpt-4o-mini';
const messages = [{ role: 'user' as const, content: 'Hi' }];
const sound: Script = { headers: { 'content-type': 'audio/mpeg' }, steps: [Uint8Array.of(1, 2, 3), Uint8Array.of(4)] };
const audio = () => new File([Uint8Array.of(1, 2, 3)], 'a.wav', { type: 'audio/wav' });

const OPERATIONS: readonly Surface[] = [
  {
    title: 'embeddings',
    scripts: [
      jsonAnswer({
        object: 'list',
        model: 'e',
        data: [{ object: 'embedding', index: 0, embedding: 'AACAPwAAAEA=' }],
        usage: { prompt_tokens: 4, total_tokens: 4 },
      }),
    ],
    call: async (client) => await client.embeddings.create({ model: 'text-embedding-3-small', input: ['a', 'b'] }),
    ended: [
      ['ai_request_complete', { operation: 'embeddings', messageCount: 2, promptTokens: 4, completionTokens: 0 }],
    ],
  },
  {
    title: 'legacy completions as a stream',
    scripts: [eventsAnswer('completions')],
    call: async (client) => {
      const texts: unknown[] = [];
      const stream = await client.completions.create({
        model: 'gpt-3.5-turbo-instruct',
        prompt: 'x',
        stream: true,
        stream_options: { include_usage: true },
      });
      for await (const { choices } of stream) texts.push(choices[0]?.text);
      return texts;
    },
    ended: [['ai_stream_complete', { operation: 'completions', totalTokens: 4 }]],
  },
  {
    title: 'audio.speech, whose bytes the caller reads',
    scripts: [sound],
    call: async (client) => {
      const speech = await client.audio.speech.create({ model: 'tts-1', input: 'x', voice: 'alloy' });
      return [...new Uint8Array(await speech.arrayBuffer())];
    },
    ended: [['ai_request_complete', { operation: 'speech', model: 'tts-1', usageMissing: null }]],
  },
  {
    title: 'audio.speech, read with a buffer of the caller',
    scripts: [sound],
    call: async (client) => {
      const speech = await client.audio.speech.create({ model: 'tts-1', input: 'x', voice: 'alloy' });
      const reader = speech.body!.getReader({ mode: 'byob' });
      const bytes: number[] = [];
      for (;;) {
        const { value, done } = await reader.read(new Uint8Array(2));
        if (done) return bytes;
        bytes.push(...value);
      }
    },
    ended: [['ai_request_complete', { operation: 'speech' }]],
  },
  {
    title: 'audio.transcriptions, sent as a form',
    scripts: [
      jsonAnswer({ text: 'hello', usage: { type: 'tokens', input_tokens: 9, output_tokens: 2, total_tokens: 11 } }),
    ],
    call: async (client) => await client.audio.transcriptions.create({ model: 'gpt-4o-transcribe', file: audio() }),
    ended: [['ai_request_complete', { operation: 'transcription', model: 'gpt-4o-transcribe', totalTokens: 11 }]],
  },
  {
    title: 'images',
    scripts: [
      jsonAnswer({
        created: 1,
        data: [{ b64_json: 'AA' }],
        usage: { input_tokens: 5, output_tokens: 90, total_tokens: 95 },
      }),
    ],
    call: async (client) => await client.images.generate({ model: 'gpt-image-1', prompt: 'x' }),
    ended: [['ai_request_complete', { operation: 'images', totalTokens: 95 }]],
  },
  {
    title: 'moderations',
    scripts: [jsonAnswer({ id: 'modr', model: 'omni-moderation-latest', results: [] })],
    call: async (client) => await client.moderations.create({ input: 'x' }),
    ended: [['ai_request_complete', { operation: 'moderations', model: 'omni-moderation-latest', usageMissing: null }]],
  },
  {
    title: 'pages of a list',
    scripts: [jsonAnswer({ object: 'list', data: [{ id: 'a' }, { id: 'b' }] })],
    call: async (client) => {
      const ids: string[] = [];
      for await (const { id } of client.models.list()) ids.push(id);
      return ids;
    },
    ended: [['ai_request_complete', { operation: 'other', model: 'unknown' }]],
  },
  {
    title: 'a call by path',
    scripts: [jsonAnswer(completion)],
    call: async (client) => await client.post('/chat/completions', { body: { model, messages } }),
    ended: [['ai_request_complete', { operation: 'chat', totalTokens: 19 }]],
  },
];

testSurfaces(OPERATIONS);
