import { InvalidArgumentError, type Command } from 'commander';
import { addExamples } from '../examples.js';
import type { PushOptions } from '../grafana/push.js';
import type { Io } from '../io.js';
import { durationOption } from '../simulate/optionValues.js';

export function registerPush(program: Command, io: Io): void {
  const push = program.command('push').description('Deliver dashboards to a server that takes no files.');
  const grafana = push
    .command('grafana')
    .description(
      "Bring Grafana's dashboards, by its HTTP API, to what promptmeter.yaml gives. GRAFANA_TOKEN is the token for it.",
    )
    .option('--grafana-url <url>', 'where Grafana answers (default: GRAFANA_URL, else links.grafana)')
    .option('--folder <title>', 'the folder that they go into', 'Promptmeter')
    .option('--folder-uid <uid>', 'the uid of that folder, which is made when there is none', uid, 'promptmeter')
    .option('--dry-run', 'change nothing; show what would change')
    .option('--overwrite', 'push over what someone else changes at the same moment')
    .addOption(durationOption('--timeout <duration>', 'how long each answer may take', '10s'))
    .option('--json', 'print JSON')
    .action(async (options: PushOptions) => {
      const { pushGrafana } = await import('../grafana/push.js');
      await pushGrafana(options, io);
    });
  addExamples(push, ['promptmeter push grafana']);
  addExamples(grafana, [
    'GRAFANA_TOKEN=glsa_... promptmeter push grafana --grafana-url https://grafana.example.com',
    'promptmeter push grafana --dry-run',
  ]);
}

/** As Grafana takes them. */
function uid(text: string): string {
  if (/^[\w-]{1,40}$/.test(text)) return text;
  throw new InvalidArgumentError('Up to 40 letters, digits, - and _ are allowed.');
}
