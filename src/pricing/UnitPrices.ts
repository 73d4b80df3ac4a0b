/** US dollars an image: one price, or by `quality size`, `size`, `quality` or `auto`, as far as a call names them. */
export type ImagePrices = number | Readonly<Record<string, number>>;

/**
 * US dollars per million tokens, except where the name tells another unit.
 * Undefined: not known, so that such tokens make a call unpriced.
 */
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
  readonly imageInput: number | undefined;
  readonly cachedImageInput: number | undefined;
  readonly imageOutput: number | undefined;
  /** US dollars a call, whatever its tokens. */
  readonly perRequest: number;
  readonly perAudioMinute: number | undefined;
  readonly perMillionCharacters: number | undefined;
  readonly perImage: ImagePrices | undefined;
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
    imageInput: times(prices.imageInput),
    cachedImageInput: times(prices.cachedImageInput),
    imageOutput: times(prices.imageOutput),
    perRequest: prices.perRequest * factor,
    perAudioMinute: times(prices.perAudioMinute),
    perMillionCharacters: times(prices.perMillionCharacters),
    perImage: scaledImages(prices.perImage, factor),
  };
}

function scaledImages(prices: ImagePrices | undefined, factor: number): ImagePrices | undefined {
  if (prices === undefined || typeof prices === 'number') return prices === undefined ? undefined : prices * factor;
  return Object.fromEntries(Object.entries(prices).map(([kind, price]) => [kind, price * factor]));
}
