import { LIST, MILLION, tokens, type WorkedExample } from './WorkedExample.js';

/** Fine-tuned models. */
export const fineTuned: readonly WorkedExample[] = [
  { model: 'ft:gpt-4o-mini-2024-07-18:my-org:support:abc123', usage: tokens(2006, 300, { cached_prompt: 1920 }), working: [[86, 0.3, MILLION], [1920, 0.15, MILLION], [300, 1.2, MILLION]], usd: 0.0006738, source: LIST },
  { model: 'ft:gpt-4o-mini-2024-07-18:my-org::abc123', tier: 'batch', usage: tokens(2006, 300, { cached_prompt: 1920 }), working: [[86, 0.15, MILLION], [1920, 0.075, MILLION], [300, 0.6, MILLION]], usd: 0.0003369, source: LIST },
  { model: 'ft:gpt-4o-2024-08-06:my-org::abc123', usage: tokens(2006, 300, { cached_prompt: 1920 }), working: [[86, 3.75, MILLION], [1920, 1.875, MILLION], [300, 15, MILLION]], usd: 0.0084225, source: LIST },
  { model: 'ft:gpt-4o-2024-08-06:my-org::abc123', tier: 'batch', usage: tokens(2006, 300, { cached_prompt: 1920 }), working: [[86, 2.225, MILLION], [1920, 0.9, MILLION], [300, 12.5, MILLION]], usd: 0.00566935, source: LIST },
  { model: 'ft:gpt-4.1-2025-04-14:my-org::abc123', usage: tokens(2006, 300, { cached_prompt: 1920 }), working: [[86, 3, MILLION], [1920, 0.75, MILLION], [300, 12, MILLION]], usd: 0.005298, source: LIST },
  { model: 'ft:gpt-4.1-mini-2025-04-14:my-org::abc123:ckpt-step-100', usage: tokens(2006, 300, { cached_prompt: 1920 }), working: [[86, 0.8, MILLION], [1920, 0.2, MILLION], [300, 3.2, MILLION]], usd: 0.0014128, source: LIST },
  { model: 'ft:gpt-4.1-nano-2025-04-14:my-org::abc123', usage: tokens(2006, 300, { cached_prompt: 1920 }), working: [[86, 0.2, MILLION], [1920, 0.05, MILLION], [300, 0.8, MILLION]], usd: 0.0003532, source: LIST },
  { model: 'ft:o4-mini-2025-04-16:my-org::abc123', usage: tokens(2006, 300, { cached_prompt: 1920 }), working: [[86, 4, MILLION], [1920, 1, MILLION], [300, 16, MILLION]], usd: 0.007064, source: LIST },
  { model: 'ft:gpt-3.5-turbo-0125:my-org::abc123', usage: tokens(2006, 300), working: [[2006, 3, MILLION], [300, 6, MILLION]], usd: 0.007818, source: LIST },
  { model: 'ft:davinci-002:my-org::abc123', usage: tokens(2006, 300), working: [[2006, 12, MILLION], [300, 12, MILLION]], usd: 0.027672, source: LIST },
  { model: 'ft:babbage-002:my-org::abc123', tier: 'batch', usage: tokens(2006, 300), working: [[2006, 0.8, MILLION], [300, 0.9, MILLION]], usd: 0.0018748, source: LIST },
]; // prettier-ignore
