import type { Endpoint } from '../api/ApiCall.js';
import { chat } from '../api/chat.js';
import { completions } from '../api/completions.js';
import { embeddings } from '../api/embeddings.js';
import { moderations } from '../api/moderations.js';
import { responses } from '../api/responses.js';
import type { Bill } from '../Bill.js';
import type { Control } from '../faults/Control.js';
import type { Ledger } from '../Ledger.js';
import type { SimulatedModel } from '../models.js';
import type { PromptCache } from '../PromptCache.js';
import type { RateLimiter } from '../RateLimiter.js';
import type { Occurrences } from './Occurrences.js';

/** Every path that calls a model. */
export const ENDPOINTS: readonly Endpoint[] = [chat, responses, embeddings, completions, moderations];

/** What all calls of one simulator share. */
export interface Service {
  readonly seed: number;
  readonly speed: number;
  readonly models: readonly SimulatedModel[];
  readonly control: Control;
  readonly ledger: Ledger;
  readonly bill: Bill;
  readonly limiter: RateLimiter;
  readonly cache: PromptCache;
  readonly occurrences: Occurrences;
}
