import { createHash } from 'node:crypto';
import { CHARACTERS_PER_TOKEN } from './tokens.js';

/** Prompts shorter than this are never cached, https://platform.openai.com/docs/guides/prompt-caching (2026-11). */
const SMALLEST = 1024;
const MOST_PREFIXES = 1000;

/** Remembers beginnings of prompts, as hashes only, so that a prompt that begins like an earlier one is partly cached. */
export class PromptCache {
  readonly #prefixes = new Set<string>();

  /** How many tokens of this prompt were seen before; from now on it has been seen. */
  cachedTokens(model: string, prompt: string): number {
    let cached = 0;
    for (let tokens = SMALLEST; tokens * CHARACTERS_PER_TOKEN <= prompt.length; tokens *= 2) {
      const prefix = prompt.slice(0, tokens * CHARACTERS_PER_TOKEN);
      const key = createHash('sha256').update(`${model}\0${prefix}`).digest('base64');
      if (this.#prefixes.has(key)) cached = tokens;
      else this.#remember(key);
    }
    return cached;
  }

  #remember(key: string): void {
    const [oldest] = this.#prefixes;
    if (this.#prefixes.size >= MOST_PREFIXES && oldest !== undefined) this.#prefixes.delete(oldest);
    this.#prefixes.add(key);
  }
}
