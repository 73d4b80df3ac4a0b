import { createSimulator, type SimulatedUsage } from '../../simulator/index.js';
import { createPriceBook } from '../../pricing/createPriceBook.js';
import type { Io } from '../io.js';
import { stopped } from './stopped.js';

export interface ApiOptions {
  readonly host: string;
  readonly port: number;
  readonly seed: number;
  readonly speed: number;
}

const book = createPriceBook();

/** What OpenAI asks for a call of a simulated model. */
function priceOf(model: string, { prompt, cached, completion, reasoning }: SimulatedUsage): number | undefined {
  const details = { cached_prompt: cached, reasoning };
  const usage = { promptTokens: prompt, completionTokens: completion, totalTokens: prompt + completion, details };
  return book.cost({ provider: 'openai', model, usage });
}

/** Prints one line of JSON when it listens, and resolves when it was told to stop. */
export async function simulateApi(options: ApiOptions, io: Io): Promise<void> {
  const simulator = createSimulator({ ...options, price: priceOf });
  const { url } = await simulator.listen();
  io.stdout(JSON.stringify({ listening: 'simulator', url }));
  await stopped(io);
  await simulator.close();
}
