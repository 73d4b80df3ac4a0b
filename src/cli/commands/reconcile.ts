import type { Command } from 'commander';
import { addExamples } from '../examples.js';
import type { Io } from '../io.js';
import { day } from '../optionValues.js';
import type { ReconcileOptions } from '../reconcile/runReconcile.js';
import { durationOption, positiveNumber } from '../simulate/optionValues.js';

export function registerReconcile(program: Command, io: Io): void {
  const command = program
    .command('reconcile')
    .description("Compare the counted cost with OpenAI's bill, day by day. Needs OPENAI_ADMIN_KEY.")
    .option('--since <day>', 'the first day, in UTC (default: a week before --until)', day)
    .option('--until <day>', 'the day after the last one (default: today)', day)
    .option('--prometheus-url <url>', 'where the counted cost is kept', 'http://127.0.0.1:9090')
    .option('--provider <name>', 'the upstream that OpenAI bills', 'openai')
    .option('--base-url <url>', "OpenAI's API (default: OPENAI_BASE_URL, else https://api.openai.com/v1)")
    .option('--exporter-url <url>', 'the exporter that takes the ratio (default: as `promptmeter serve` listens)')
    .option('--no-export', 'do not hand the ratio to the exporter')
    .option('--tolerance <ratio>', 'end with 1 when the ratio is further from 1 than this', positiveNumber)
    .addOption(durationOption('--timeout <duration>', 'how long each answer may take', '30s'))
    .option('--json', 'print JSON')
    .action(async (options: ReconcileOptions) => {
      const { runReconcile } = await import('../reconcile/runReconcile.js');
      await runReconcile(options, io);
    });
  addExamples(command, [
    'OPENAI_ADMIN_KEY=sk-admin-... promptmeter reconcile --since 2026-11-01 --until 2026-11-08',
    'promptmeter reconcile --tolerance 0.05 --json',
  ]);
}
