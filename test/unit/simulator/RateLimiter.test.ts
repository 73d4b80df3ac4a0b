import { findModel, SIMULATED_MODELS } from '../../../src/simulator/index.js';
import { goDuration, RateLimiter } from '../../../src/simulator/RateLimiter.js';

const model = { ...findModel(SIMULATED_MODELS, 'gpt-4o')!, requestsPerMinute: 60, tokensPerMinute: 6000 };

describe('RateLimiter', () => {
  it('says what is left and when it will be whole again', () => {
    const limiter = new RateLimiter(() => 0);
    expect(limiter.take(model, 600)).toEqual({
      'x-ratelimit-limit-requests': '60',
      'x-ratelimit-limit-tokens': '6000',
      'x-ratelimit-remaining-requests': '59',
      'x-ratelimit-remaining-tokens': '5400',
      'x-ratelimit-reset-requests': '1s',
      'x-ratelimit-reset-tokens': '6s',
    });
  });

  it('fills itself evenly over a minute and never beyond its limit', () => {
    let now = 0;
    const limiter = new RateLimiter(() => now);
    limiter.take(model, 3000);
    now = 10_000;
    expect(limiter.headers(model)).toMatchObject({ 'x-ratelimit-remaining-tokens': '4000' });
    now = 1_000_000;
    expect(limiter.headers(model)).toMatchObject({ 'x-ratelimit-remaining-tokens': '6000' });
  });

  it.each([
    ['requests', 60, 0, '1'],
    ['tokens', 2, 3000, '30'],
  ])('refuses when the %s run out, and says when there will be enough', (kind, calls, tokens, seconds) => {
    const limiter = new RateLimiter(() => 0);
    for (let i = 0; i < calls; i += 1) limiter.take(model, tokens);
    expect(() => limiter.take(model, tokens)).toThrow(
      expect.objectContaining({
        status: 429,
        fields: expect.objectContaining({ type: kind, code: 'rate_limit_exceeded' }) as unknown,
        headers: expect.objectContaining({ 'retry-after': seconds }) as unknown,
      }) as Error,
    );
  });

  it('lets a call through that is larger than the limit when the bucket is full', () => {
    expect(() => new RateLimiter(() => 0).take(model, 1_000_000)).not.toThrow();
  });

  it.each([
    [0, '0ms'],
    [5.2, '6ms'],
    [999, '999ms'],
    [1500, '1.5s'],
    [60_000, '1m0s'],
    [361_250, '6m1.25s'],
  ])('writes %d ms as %s', (ms, text) => {
    expect(goDuration(ms)).toBe(text);
  });
});
