import type { Unmetered } from '../../../../src/call/unmetered.js';

/** A call as OpenAI shows it, with the usage that its API told. */
export interface MeteredCall extends Unmetered {
  readonly source: string;
  /** Null where the source tells none. */
  readonly told: { readonly prompt: number; readonly completion: number | null };
}

const JARGON = [
  ...[{ role: 'system', content: 'You are a helpful, pattern-following assistant that translates corporate jargon into plain English.' }],
  ...[{ role: 'system', name: 'example_user', content: 'New synergies will help drive top-line growth.' }],
  ...[{ role: 'system', name: 'example_assistant', content: 'Things working well together will increase revenue.' }],
  ...[{ role: 'system', name: 'example_user', content: "Let's circle back when we have more bandwidth to touch base on opportunities for increased leverage." }],
  ...[{ role: 'system', name: 'example_assistant', content: "Let's talk later when we're less busy about how to do better." }],
  ...[{ role: 'user', content: "This late pivot means we don't have time to boil the ocean for the client deliverable." }],
]; // prettier-ignore

const COOKBOOK = 'https://cookbook.openai.com/examples/how_to_count_tokens_with_tiktoken';
const REFERENCE = 'https://platform.openai.com/docs/api-reference';

const UNICORN =
  'In a peaceful grove beneath a silver moon, a unicorn named Lumina discovered a hidden pool that reflected the ' +
  'stars. As she dipped her horn into the water, the pool began to shimmer, revealing a pathway to a magical realm of ' +
  'endless night skies. Filled with wonder, Lumina whispered a wish for all who dream to find their own hidden magic, ' +
  'and as she glanced back, her hoofprints sparkled like stardust.';

export const METERED: readonly MeteredCall[] = [
  {
    operation: 'chat',
    model: 'gpt-4o',
    request: { messages: JARGON },
    answered: '',
    told: { prompt: 124, completion: null },
    source: COOKBOOK,
  },
  {
    operation: 'chat',
    model: 'gpt-4-0613',
    request: { messages: JARGON },
    answered: '',
    told: { prompt: 129, completion: null },
    source: COOKBOOK,
  },
  {
    operation: 'chat',
    model: 'gpt-4.1',
    request: {
      messages: [
        { role: 'developer', content: 'You are a helpful assistant.' },
        { role: 'user', content: 'Hello!' },
      ],
    },
    answered: 'Hello! How can I assist you today?',
    told: { prompt: 19, completion: 10 },
    source: `${REFERENCE}/chat/create`,
  },
  {
    operation: 'responses',
    model: 'gpt-4.1',
    request: { input: 'Tell me a three sentence bedtime story about a unicorn.' },
    answered: UNICORN,
    told: { prompt: 36, completion: 87 },
    source: `${REFERENCE}/responses/create`,
  },
];
