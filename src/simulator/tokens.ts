/** The usual rule of thumb for English; the simulator's own truth of what a prompt holds. */
export const CHARACTERS_PER_TOKEN = 4;

/** What one call used, in the terms of the API. `cached` is part of `prompt`, `reasoning` part of `completion`. */
export interface Usage {
  readonly prompt: number;
  readonly cached: number;
  readonly completion: number;
  readonly reasoning: number;
}

export const NO_USAGE: Usage = { prompt: 0, cached: 0, completion: 0, reasoning: 0 };

export function countTokens(text: string): number {
  return Math.ceil(text.length / CHARACTERS_PER_TOKEN);
}
