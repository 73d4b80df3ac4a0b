import OpenAI from 'openai';
import { createSimulator, type Simulator, type SimulatorOptions } from '../../src/simulator/index.js';

export interface RunningSimulator {
  readonly simulator: Simulator;
  /** Without a path; the API is under /v1. */
  readonly url: string;
  /** A real client of it that does not try again. */
  readonly client: OpenAI;
}

/** Starts a simulator without delays on a free port, hands it over and closes it. */
export async function withSimulator(
  options: SimulatorOptions,
  use: (running: RunningSimulator) => Promise<void>,
): Promise<void> {
  const simulator = createSimulator({ speed: Infinity, ...options });
  const { url } = await simulator.listen();
  try {
    const client = new OpenAI({ apiKey: 'sk-test', baseURL: `${url}/v1`, maxRetries: 0, logLevel: 'off' });
    await use({ simulator, url, client });
  } finally {
    await simulator.close();
  }
}
