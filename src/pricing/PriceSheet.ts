import type { ImagePrices, UnitPrices } from './UnitPrices.js';

/** Prices as people write them down, in US dollars per million tokens where the name tells no other unit. */
export interface UnitSheet {
  /** Absent: calls with prompt tokens are unpriced. */
  readonly input?: number | undefined;
  /** As `input` when absent. */
  readonly cachedInput?: number | undefined;
  /** As `input` when absent. */
  readonly cacheWrite?: number | undefined;
  /** Absent: calls with completion tokens are unpriced. */
  readonly output?: number | undefined;
  /** Absent: calls with audio tokens are unpriced. */
  readonly audioInput?: number | undefined;
  /** As `audioInput` when absent. */
  readonly cachedAudioInput?: number | undefined;
  readonly audioOutput?: number | undefined;
  /** As `input` when absent: most models read an image at the price of text. */
  readonly imageInput?: number | undefined;
  readonly cachedImageInput?: number | undefined;
  /** As `output` when absent. */
  readonly imageOutput?: number | undefined;
  /** US dollars a call. */
  readonly perRequest?: number | undefined;
  readonly perAudioMinute?: number | undefined;
  readonly perMillionCharacters?: number | undefined;
  readonly perImage?: ImagePrices | undefined;
}

/** A sheet of one model in one tier. */
export interface PriceSheet extends UnitSheet {
  /** What differs for prompts of more tokens than `above`; the whole call is then billed so. */
  readonly longContext?: (UnitSheet & { readonly above: number }) | undefined;
  /** Prompts of more tokens than this have no known price. */
  readonly unpricedAbove?: number | undefined;
}

/** The prices of a call whose prompt is so long, with every fallback of the sheet filled in. */
export function unitPricesOf(sheet: PriceSheet, promptTokens: number): UnitPrices | undefined {
  const { longContext, unpricedAbove = Infinity } = sheet;
  if (promptTokens > unpricedAbove) return undefined;
  return filled(longContext !== undefined && promptTokens > longContext.above ? { ...sheet, ...longContext } : sheet);
}

/** Prices with every fallback of the sheet filled in, whatever the length of the prompt. */
export function filled({ input, cachedInput = input, output, audioInput, imageInput, ...rest }: UnitSheet): UnitPrices {
  return {
    input,
    cachedInput,
    cacheWrite: rest.cacheWrite ?? input,
    output,
    audioInput,
    cachedAudioInput: rest.cachedAudioInput ?? audioInput,
    audioOutput: rest.audioOutput,
    imageInput: imageInput ?? input,
    cachedImageInput: rest.cachedImageInput ?? imageInput ?? cachedInput,
    imageOutput: rest.imageOutput ?? output,
    perRequest: rest.perRequest ?? 0,
    perAudioMinute: rest.perAudioMinute,
    perMillionCharacters: rest.perMillionCharacters,
    perImage: rest.perImage,
  };
}
