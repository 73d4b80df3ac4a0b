import { calcPrice, findProvider } from '@pydantic/genai-prices';
import fc from 'fast-check';
import type { TokenDetails, TokenUsage } from '../../../src/call/usage.js';
import { createPriceBook } from '../../../src/pricing/createPriceBook.js';
import type { PriceOverrides } from '../../../src/pricing/overrides.js';
import type { PricedCall } from '../../../src/pricing/PriceBook.js';

const usage = (promptTokens: number, completionTokens: number, details: TokenDetails = {}): TokenUsage => ({
  promptTokens,
  completionTokens,
  totalTokens: promptTokens + completionTokens,
  details,
});

const NOVEMBER_2026 = Date.parse('2026-11-15T12:00:00Z');
const book = createPriceBook({}, { now: () => NOVEMBER_2026 });
const cost = (model: string, used: TokenUsage, serviceTier?: string, provider = 'openai') =>
  book.cost({ provider, model, usage: used, serviceTier });

describe('a call costs what its tokens cost, each at the price of what it is', () => {
  // Worked by hand from https://platform.openai.com/docs/pricing as of November 2026.
  test.each([
    ['gpt-4o', usage(1000, 500), 1000 * 2.5e-6 + 500 * 10e-6],
    ['gpt-4o, half of the prompt cached', usage(2000, 100, { cached_prompt: 1000 }), 1000 * 2.5e-6 + 1000 * 1.25e-6 + 100 * 10e-6],
    ['gpt-4o-2024-08-06, a snapshot', usage(1000, 500), 1000 * 2.5e-6 + 500 * 10e-6],
    ['gpt-4o-2024-05-13, a snapshot at another price', usage(1000, 500), 1000 * 5e-6 + 500 * 15e-6],
    ['gpt-4o-2024-05-13, with no discount for what is cached', usage(1000, 0, { cached_prompt: 600 }), 1000 * 5e-6],
    ['gpt-4o-mini', usage(123_456, 789), 123_456 * 0.15e-6 + 789 * 0.6e-6],
    ['gpt-5, where most of the completion is reasoning', usage(800, 5000, { reasoning: 4800 }), 800 * 1.25e-6 + 5000 * 10e-6],
    ['o3, since its price fell in June 2025', usage(1_000_000, 1_000_000), 2 + 8],
    ['gpt-5.4, a prompt just below long', usage(271_999, 10), 271_999 * 2.5e-6 + 10 * 15e-6],
    ['gpt-5.4, a long prompt, the whole of it', usage(272_000, 10, { cached_prompt: 2000 }), 270_000 * 5e-6 + 2000 * 0.5e-6 + 10 * 22.5e-6],
    ['gpt-5.6-terra, part of the prompt written to the cache', usage(1000, 0, { cache_write_prompt: 400 }), 600 * 2e-6 + 400 * 2.5e-6],
    ['gpt-realtime, with audio both ways', usage(100, 50, { audio_prompt: 60, audio_completion: 50 }), 40 * 4e-6 + 60 * 32e-6 + 50 * 64e-6],
    ['gpt-realtime, with more cached than there is text', usage(100, 0, { audio_prompt: 60, cached_prompt: 50 }), 40 * 0.4e-6 + 10 * 0.4e-6 + 50 * 32e-6],
    ['text-embedding-3-small, which completes nothing', usage(5000, 0), 5000 * 0.02e-6],
    ['gpt-4o, a call without tokens', usage(0, 0), 0],
  ])('%s', (name, used, expected) => {
    expect(cost(name.replace(/,.*/, ''), used)).toBeCloseTo(expected, 12);
  }); // prettier-ignore

  test('as the price data itself computes it, for every model of OpenAI and any text', () => {
    const models = findProvider({ providerId: 'openai' })?.models.map(({ id }) => id) ?? [];
    const anyCall = fc.record({
      model: fc.constantFrom(...models),
      prompt: fc.nat(1_000_000),
      completion: fc.nat(100_000),
      cached: fc.nat(1_000_000),
    });
    let compared = 0;
    fc.assert(
      fc.property(anyCall, ({ model, prompt, completion, cached }) => {
        const used = usage(prompt, completion, { cached_prompt: Math.min(cached, prompt) });
        const ours = cost(model, used);
        const theirs = calcPrice(
          { input_tokens: prompt, output_tokens: completion, cache_read_tokens: Math.min(cached, prompt) },
          model,
          { providerId: 'openai', timestamp: new Date(NOVEMBER_2026) },
        );
        if (ours === undefined) return;
        compared += 1;
        expect(ours).toBeCloseTo(theirs?.total_price ?? NaN, 9);
      }),
      { numRuns: 500 },
    );
    expect(compared).toBeGreaterThan(400);
  });

  test('at the price of its day', () => {
    const call = { provider: 'openai', model: 'o3', usage: usage(1_000_000, 0) };
    expect(createPriceBook({}, { now: () => Date.parse('2025-06-01') }).cost(call)).toBe(10);
    expect(createPriceBook({}, { now: () => Date.parse('2025-07-01') }).cost(call)).toBe(2);
  });

  test('also when the price changes while we run', () => {
    let now = Date.parse('2025-06-09T23:59:00Z');
    const running = createPriceBook({}, { now: () => now });
    const call = { provider: 'openai', model: 'o3', usage: usage(1_000_000, 0) };
    expect(running.cost(call)).toBe(10);
    now = Date.parse('2025-06-10T00:01:00Z');
    expect(running.cost(call)).toBe(2);
  });
});

describe('a service tier has its own price', () => {
  const million = usage(1_000_000, 1_000_000);
  test.each([
    ['gpt-5', undefined, 11.25],
    ['gpt-5', 'default', 11.25],
    ['gpt-5', 'auto', 11.25],
    ['gpt-5', 'flex', 5.625],
    ['gpt-5', 'batch', 5.625],
    ['gpt-5', 'priority', 22.5],
    ['gpt-5', 'fast', 22.5],
    ['gpt-5', 'ultrafast', undefined],
    ['ft:gpt-4o-2024-08-06:my-org::abc', 'flex', undefined],
    ['ft:gpt-4o-2024-08-06:my-org::abc', 'priority', undefined],
    ['gpt-4o-2024-11-20', 'priority', 21.25],
    ['gpt-5', 'scale', undefined],
    ['gpt-5', 'constructor', undefined],
    ['o3-mini', 'priority', undefined],
  ])('%s, tier %s: %s dollars for a million tokens each way', (model, tier, expected) => {
    expect(cost(model, million, tier)).toBe(expected);
  });

  test('and is unpriced where the prompt is too long for the published one', () => {
    expect(cost('gpt-5.4', usage(300_000, 1), 'priority')).toBeUndefined();
    expect(cost('gpt-5.4', usage(1_000_000, 0), 'flex')).toBeCloseTo(2.5, 12);
  });
});

describe('what has no known price is unpriced, never free', () => {
  test.each([
    ['a model that nobody knows', 'no-such-model', usage(10, 10)],
    ['a snapshot that nobody knows', 'gpt-4o-2031-01-01', usage(10, 10)],
    ['audio on a model without a price for audio', 'gpt-4o', usage(10, 10, { audio_prompt: 5 })],
    ['tokens of a model that is billed by the minute', 'whisper-1', usage(10, 10)],
    ['a fine-tuned model that nobody knows', 'ft:gpt-4-0613:my-org::abc', usage(10, 10)],
    ['a fine-tuned model of a name that was cut', 'ft:', usage(10, 10)],
    ['completion tokens of a model that should have none', 'text-embedding-3-small', usage(10, 10)],
    ['a name of a million letters', 'x'.repeat(1_000_000), usage(10, 10)],
    ['no name', '', usage(10, 10)],
  ])('%s', (_, model, used) => {
    expect(cost(model, used)).toBeUndefined();
  });
});

describe('an upstream', () => {
  test.each([
    ['demo', 'gpt-4o', 10],
    ['my-proxy', 'gpt-4o-mini', 0.6],
    ['groq', 'gpt-4o', undefined],
    ['demo', 'claude-sonnet-4-20250514', undefined],
    ['anthropic', 'claude-sonnet-4-20250514', 15],
  ])('called %s sells %s at %s dollars a million tokens', (provider, model, expected) => {
    expect(cost(model, usage(0, 1_000_000), undefined, provider)).toBe(expected);
  });
});

describe('an override goes before the public data', () => {
  const overrides: PriceOverrides = {
    'gpt-4o': { input: 1, output: 2 },
    'my-model': { input: 1, cachedInput: 0.5, output: 2, audioInput: 30, tiers: { priority: { input: 3, output: 4 } } },
    'demo/gpt-4o': { input: 7, output: 7 },
  };
  const own = createPriceBook(overrides);
  const million = usage(1_000_000, 1_000_000);
  test.each([
    ['openai', 'gpt-4o', million, undefined, 3],
    ['openai', 'gpt-4o-2024-08-06', million, undefined, 3],
    ['openai', 'gpt-4o-20240806', million, undefined, 3],
    ['openai', 'gpt-4o-mini', million, undefined, 0.75],
    ['demo', 'gpt-4o', million, undefined, 14],
    ['demo', 'my-model', million, undefined, 3],
    ['openai', 'my-model', usage(1_000_000, 0, { cached_prompt: 1_000_000 }), undefined, 0.5],
    ['openai', 'my-model', usage(1_000_000, 0, { audio_prompt: 1_000_000 }), undefined, 30],
    ['openai', 'my-model', usage(0, 1_000_000, { audio_completion: 1 }), undefined, undefined],
    ['openai', 'my-model', million, 'flex', 1.5],
    ['openai', 'my-model', million, 'priority', 7],
    ['openai', 'gpt-4o', million, 'priority', undefined],
  ])('%s/%s', (provider, model, used, serviceTier, expected) => {
    expect(own.cost({ provider, model, usage: used, serviceTier })).toBe(expected);
  });
});

describe('an override takes every unit that the API bills', () => {
  const own = createPriceBook({
    full: {
      ...{ input: 1, cachedInput: 0.5, cacheWrite: 1.25, output: 2 },
      ...{ audioInput: 30, cachedAudioInput: 3, audioOutput: 60 },
      ...{ imageInput: 8, cachedImageInput: 2, imageOutput: 40, perRequest: 0.01 },
      longContext: { above: 1_000_000, input: 2, output: 3 },
    },
    'short-only': { input: 1, output: 2, unpricedAbove: 1000 },
    'flat-image': { perImage: 0.04 },
    'sized-image': { perImage: { auto: 0.02, '1024x1024': 0.03, 'hd 1024x1024': 0.06 } },
    whisperer: { perAudioMinute: 0.006, tiers: { ultrafast: { perAudioMinute: 0.6 } } },
    'ft:gpt-4o-2024-08-06': { input: 7, output: 7 },
  });
  const M = 1_000_000;
  test.each<[string, Omit<PricedCall, 'provider'>, number | undefined]>([
    ['cache writes', { model: 'full', usage: usage(M, 0, { cache_write_prompt: M }) }, 1.26],
    ['cached audio', { model: 'full', usage: usage(M, 0, { audio_prompt: M, cached_prompt: M }) }, 3.01],
    ['images in', { model: 'full', usage: usage(M, 0, { image_prompt: M }) }, 8.01],
    ['cached images', { model: 'full', usage: usage(M, 0, { image_prompt: M, cached_prompt: M }) }, 2.01],
    ['images out', { model: 'full', usage: usage(0, M, { image_completion: M }) }, 40.01],
    ['a long prompt, and what is not named for it', { model: 'full', usage: usage(M + 1, M, { cached_prompt: M }) }, 3.510002],
    ['a prompt at its limit', { model: 'short-only', usage: usage(1000, 0) }, 0.001],
    ['a prompt beyond it', { model: 'short-only', usage: usage(1001, 0) }, undefined],
    ['images at one price', { model: 'flat-image', units: { images: { count: 3, size: 'any', quality: 'any' } } }, 0.12],
    ['images by size', { model: 'sized-image', units: { images: { count: 3, size: '1024x1024' } } }, 0.09],
    ['images by quality and size', { model: 'sized-image', units: { images: { count: 1, size: '1024x1024', quality: 'hd' } } }, 0.06],
    ['images of no size', { model: 'sized-image', units: { images: { count: 1 } } }, 0.02],
    ['images of an unknown size', { model: 'sized-image', units: { images: { count: 1, size: '1x1' } } }, undefined],
    ['minutes', { model: 'whisperer', units: { audioSeconds: 30 } }, 0.003],
    ['minutes in a batch', { model: 'whisperer', units: { audioSeconds: 30 }, serviceTier: 'batch' }, 0.0015],
    ['minutes in a tier of their own', { model: 'whisperer', units: { audioSeconds: 30 }, serviceTier: 'ultrafast' }, 0.3],
    ['characters without a price', { model: 'whisperer', units: { characters: 30 } }, undefined],
    ['nothing at all', { model: 'whisperer' }, undefined],
    ['a fine-tuned model by what was tuned', { model: 'ft:gpt-4o-2024-08-06:org::id', usage: usage(M, 0) }, 7],
    ['not the model that was tuned', { model: 'gpt-4o-2024-08-06', usage: usage(M, 0) }, 2.5],
  ])('%s', (_, call, expected) => {
    const usd = own.cost({ provider: 'openai', ...call });
    if (expected === undefined) expect(usd).toBeUndefined();
    else expect(usd).toBeCloseTo(expected, 12);
  }); // prettier-ignore
});

test('a dated price changes on its day: ultrafast in March 2027', () => {
  const call = { provider: 'openai', model: 'gpt-6.2-sol', usage: usage(1_000_000, 0), serviceTier: 'ultrafast' };
  let now = Date.parse('2027-02-28T23:59:30Z');
  const running = createPriceBook({}, { now: () => now });
  expect(running.cost(call)).toBeCloseTo(12, 12);
  now = Date.parse('2027-03-01T00:01:00Z');
  expect(running.cost(call)).toBeCloseTo(24, 12);
});

test('no usage makes it throw or answer with less than 0, however broken the upstream that sent it', () => {
  const count = fc.nat(1_000_000);
  const details = fc.record(
    {
      ...{ cached_prompt: count, cache_write_prompt: count, reasoning: count },
      ...{ audio_prompt: count, audio_completion: count, cached_audio_prompt: count },
      ...{ image_prompt: count, image_completion: count, cached_image_prompt: count },
    },
    { requiredKeys: [] },
  );
  const anyCall = fc.record({
    model: fc.constantFrom('gpt-4o', 'gpt-realtime', 'o3', 'gpt-image-1.5'),
    prompt: count,
    out: count,
    details,
  });
  fc.assert(
    fc.property(anyCall, ({ model, prompt, out, details: parts }) => {
      const usd = cost(model, usage(prompt, out, parts));
      expect(usd ?? 0).toBeGreaterThanOrEqual(0);
      expect(book.explain({ provider: 'openai', model, usage: usage(prompt, out, parts) })?.usd).toBe(usd);
      // At most the dearest price of the three models for every token, but for rounding.
      expect(usd ?? 0).toBeLessThanOrEqual((prompt + out) * 64e-6 * (1 + Number.EPSILON * 8));
    }),
  );
});

test('an explanation names its source and shows lines that add up to the cost', () => {
  const call = { provider: 'demo', model: 'gpt-4o-2024-08-06', usage: usage(1500, 200, { cached_prompt: 500 }) };
  expect(book.explain(call)).toEqual({
    source: 'public',
    pricedAs: 'openai/gpt-4o',
    tier: 'standard',
    lines: [
      { what: 'prompt', quantity: 1000, unit: 'tokens', price: 2.5, per: 1_000_000, usd: 0.0025 },
      { what: 'cached prompt', quantity: 500, unit: 'tokens', price: 1.25, per: 1_000_000, usd: 0.000625 },
      { what: 'completion', quantity: 200, unit: 'tokens', price: 10, per: 1_000_000, usd: 0.002 },
    ],
    usd: 0.0025 + 0.000625 + 0.002,
  });
});
