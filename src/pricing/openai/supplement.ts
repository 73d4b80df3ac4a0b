import type { PriceSheet, UnitSheet } from '../PriceSheet.js';

const SOL_LONG = { above: 272_000, input: 4, cachedInput: 0.2, cacheWrite: 5, output: 15 } as const;

/**
 * Models of OpenAI that the public price data doesn't know, in US dollars per million tokens where the name tells no
 * other unit. A test fails when the data comes to know one, so that this table shrinks.
 * Sources: https://developers.openai.com/api/docs/pricing (read September to November 2026) and the models' pages under
 * https://developers.openai.com/api/docs/models (read November 2026); DALL·E, which OpenAI has shut down but others
 * still serve: https://platform.openai.com/docs/pricing (read October 2025).
 */
export const SUPPLEMENT: Readonly<Record<string, PriceSheet>> = {
  'gpt-6.1-sol': { input: 2, cachedInput: 0.1, cacheWrite: 2.5, output: 10, longContext: SOL_LONG },
  'gpt-6.1-terra': {
    ...{ input: 1, cachedInput: 0.05, cacheWrite: 1.25, output: 5 },
    longContext: { above: 272_000, input: 2, cachedInput: 0.1, cacheWrite: 2.5, output: 7.5 },
  },
  'gpt-6.2-sol': { input: 2, cachedInput: 0.1, cacheWrite: 2.5, output: 10, longContext: SOL_LONG },
  'gpt-5.6-cyber': { input: 12.5, cachedInput: 1.25, cacheWrite: 15.625, output: 75 },
  'gpt-5.5-cyber': { input: 12.5, cachedInput: 1.25, output: 75 },
  'chat-latest': { input: 5, cachedInput: 0.5, output: 30 },
  'gpt-5-search-api': { input: 1.25, cachedInput: 0.125, output: 10 },
  'davinci-002': { input: 2, output: 2 },
  'babbage-002': { input: 0.4, output: 0.4 },
  'chatgpt-image-latest': {
    ...{ input: 5, cachedInput: 1.25, output: 10 },
    ...{ imageInput: 8, cachedImageInput: 2, imageOutput: 32 },
  },
  'tts-1': { perMillionCharacters: 15 },
  'tts-1-hd': { perMillionCharacters: 30 },
  'gpt-live-transcribe': { perAudioMinute: 0.017 },
  'gpt-realtime-whisper': { perAudioMinute: 0.017 },
  'gpt-realtime-translate': { perAudioMinute: 0.034 },
  'dall-e-3': {
    perImage: {
      ...{ auto: 0.04, '1024x1024': 0.04, '1024x1792': 0.08, '1792x1024': 0.08 },
      ...{ standard: 0.04, 'standard 1024x1024': 0.04, 'standard 1024x1792': 0.08, 'standard 1792x1024': 0.08 },
      ...{ hd: 0.08, 'hd 1024x1024': 0.08, 'hd 1024x1792': 0.12, 'hd 1792x1024': 0.12 },
    },
  },
  'dall-e-2': {
    perImage: {
      ...{ auto: 0.02, '256x256': 0.016, '512x512': 0.018, '1024x1024': 0.02 },
      ...{ standard: 0.02, 'standard 256x256': 0.016, 'standard 512x512': 0.018, 'standard 1024x1024': 0.02 },
    },
  },
};

/**
 * Audio prices of models that the public data knows by their text prices only.
 * Source: https://platform.openai.com/docs/pricing, section Audio tokens (read October 2025).
 */
export const MISSING_AUDIO: Readonly<Record<string, UnitSheet>> = {
  'gpt-4o-audio-preview': { audioInput: 40, audioOutput: 80 },
  'gpt-4o-mini-audio-preview': { audioInput: 10, audioOutput: 20 },
};
