import type { Command } from 'commander';
import { addExamples } from '../examples.js';
import type { Io } from '../io.js';

export function registerServe(program: Command, io: Io): void {
  const command = program
    .command('serve')
    .description('Run the gateway and the exporter until told to stop (SIGINT or SIGTERM).')
    .action(async () => {
      // Loaded only now, since the servers are most of what there is to load.
      const { serve } = await import('../serve/serve.js');
      await serve(io);
    });
  addExamples(command, [
    'promptmeter serve',
    'PROMPTMETER_GATEWAY_PORT=0 PROMPTMETER_METRICS_PORT=0 promptmeter serve',
  ]);
}
