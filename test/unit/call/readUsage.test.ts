import { readUsage } from '../../../src/call/readUsage.js';

const counts = (promptTokens: number, completionTokens: number, totalTokens: number) => ({
  promptTokens,
  completionTokens,
  totalTokens,
  details: {},
});

describe('readUsage', () => {
  test.each([
    ['chat completions', { prompt_tokens: 3, completion_tokens: 4, total_tokens: 7 }, counts(3, 4, 7)],
    ['responses', { input_tokens: 3, output_tokens: 4, total_tokens: 7 }, counts(3, 4, 7)],
    ['embeddings, which have no completion', { prompt_tokens: 3, total_tokens: 3 }, counts(3, 0, 3)],
    ['zeros, which are known', { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 }, counts(0, 0, 0)],
    ['no total', { prompt_tokens: 3, completion_tokens: 4 }, counts(3, 4, 7)],
    ['a total that is none', { prompt_tokens: 3, completion_tokens: 4, total_tokens: 'x' }, counts(3, 4, 7)],
    [
      'a total above the sum, as some providers send',
      { prompt_tokens: 3, completion_tokens: 4, total_tokens: 9 },
      counts(3, 4, 9),
    ],
    ['a prompt that total and completion tell', { completion_tokens: 4, total_tokens: 9 }, counts(5, 4, 9)],
    ['nulls beside counts', { prompt_tokens: 3, completion_tokens: null, total_tokens: 3 }, counts(3, 0, 3)],
  ])('reads %s', (_name, usage, expected) => {
    expect(readUsage(usage)).toEqual(expected);
  });

  test.each([
    ['nothing', undefined],
    ['null, as every chunk of a stream but the last has', null],
    ['an empty object', {}],
    ['a list', [1, 2]],
    ['a text', '3'],
    ['seconds, as transcriptions are billed by', { type: 'duration', seconds: 3 }],
    ['a negative prompt', { prompt_tokens: -3, completion_tokens: 4 }],
    ['a negative completion', { prompt_tokens: 3, completion_tokens: -4 }],
    ['a fraction', { prompt_tokens: 1.5, completion_tokens: 4 }],
    ['not a number', { prompt_tokens: NaN, completion_tokens: 4 }],
    ['texts', { prompt_tokens: '3', completion_tokens: '4' }],
    ['a completion without prompt or total', { completion_tokens: 4 }],
    ['a total below the completion', { completion_tokens: 4, total_tokens: 3 }],
  ])('unknown is not zero: %s is no usage', (_name, usage) => {
    expect(readUsage(usage)).toBeUndefined();
  });

  test('reads details by the names of chat completions', () => {
    const usage = readUsage({
      prompt_tokens: 100,
      completion_tokens: 50,
      prompt_tokens_details: { cached_tokens: 60, audio_tokens: 0 },
      completion_tokens_details: {
        reasoning_tokens: 20,
        audio_tokens: 5,
        accepted_prediction_tokens: 3,
        rejected_prediction_tokens: 2,
      },
    });

    expect(usage?.details).toEqual({
      cached_prompt: 60,
      audio_prompt: 0,
      reasoning: 20,
      audio_completion: 5,
      accepted_prediction: 3,
      rejected_prediction: 2,
    });
  });

  test('reads details by the names of responses and leaves out what is no count', () => {
    const usage = readUsage({
      input_tokens: 100,
      output_tokens: 50,
      input_tokens_details: { cached_tokens: 60, cache_write_tokens: 10, audio_tokens: null },
      output_tokens_details: { reasoning_tokens: -1 },
    });

    expect(usage?.details).toEqual({ cached_prompt: 60, cache_write_prompt: 10 });
  });

  test('reads details by the names of realtime, of what kind the cached tokens are included', () => {
    const usage = readUsage({
      total_tokens: 253,
      input_tokens: 132,
      output_tokens: 121,
      input_token_details: {
        ...{ text_tokens: 119, audio_tokens: 13, image_tokens: 0, cached_tokens: 64 },
        cached_tokens_details: { text_tokens: 60, audio_tokens: 4, image_tokens: 0 },
      },
      output_token_details: { text_tokens: 30, audio_tokens: 91 },
    });

    expect(usage?.details).toEqual({
      cached_prompt: 64,
      audio_prompt: 13,
      image_prompt: 0,
      audio_completion: 91,
      cached_audio_prompt: 4,
      cached_image_prompt: 0,
    });
  });

  test('reads details by the names of images', () => {
    const usage = readUsage({
      total_tokens: 100,
      input_tokens: 50,
      output_tokens: 50,
      input_tokens_details: { text_tokens: 10, image_tokens: 40 },
      output_tokens_details: { text_tokens: 5, image_tokens: 45 },
    });

    expect(usage?.details).toEqual({ image_prompt: 40, image_completion: 45 });
  });
});
