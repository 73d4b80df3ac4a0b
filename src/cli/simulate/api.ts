import { createSimulator } from '../../simulator/index.js';
import type { Io } from '../io.js';
import { stopped } from './stopped.js';

export interface ApiOptions {
  readonly host: string;
  readonly port: number;
  readonly seed: number;
  readonly speed: number;
}

/** Prints one line of JSON when it listens, and resolves when it was told to stop. */
export async function simulateApi(options: ApiOptions, io: Io): Promise<void> {
  const simulator = createSimulator(options);
  const { url } = await simulator.listen();
  io.stdout(JSON.stringify({ listening: 'simulator', url }));
  await stopped(io);
  await simulator.close();
}
