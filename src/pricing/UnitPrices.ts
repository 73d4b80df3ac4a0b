/** US dollars per million tokens, except `perRequest`. Undefined: not known, so that such tokens make a call unpriced. */
export interface UnitPrices {
  readonly input: number | undefined;
  /** Prompt tokens that the API had in its cache. */
  readonly cachedInput: number | undefined;
  /** Prompt tokens that the API put into its cache. */
  readonly cacheWrite: number | undefined;
  readonly output: number | undefined;
  readonly audioInput: number | undefined;
  readonly cachedAudioInput: number | undefined;
  readonly audioOutput: number | undefined;
  /** US dollars a call, whatever its tokens. */
  readonly perRequest: number;
}

/** The same prices times a factor. */
export function scaled(prices: UnitPrices, factor: number): UnitPrices {
  const times = (price: number | undefined) => (price === undefined ? undefined : price * factor);
  return {
    input: times(prices.input),
    cachedInput: times(prices.cachedInput),
    cacheWrite: times(prices.cacheWrite),
    output: times(prices.output),
    audioInput: times(prices.audioInput),
    cachedAudioInput: times(prices.cachedAudioInput),
    audioOutput: times(prices.audioOutput),
    perRequest: prices.perRequest * factor,
  };
}
