import type { Command } from 'commander';
import { UsageError } from '../../errors.js';
import { addExamples } from '../examples.js';
import type { Io } from '../io.js';
import { createAnnouncer } from '../up/Announcer.js';
import { PORT_NAMES, PORTS, type PortName } from '../up/ports.js';

type Options = Readonly<Record<string, string | boolean | undefined>>;

/** `promptmeter up`: the whole stack, until Ctrl-C. */
export function registerUp(program: Command, io: Io): void {
  const command = program
    .command('up')
    .description('Starts the whole stack, with Docker if it can be reached, and stops it on Ctrl-C.')
    .option('--docker', 'use Docker Compose or fail')
    .option('--native', 'use programs of this machine, fetched from its packages if they are missing')
    .option('--no-demo', 'without the simulated API and the calls to it')
    .option('--json', 'tell what happens as one JSON object a line');
  for (const name of PORT_NAMES) {
    const { option, title, usual, variable } = PORTS[name];
    command.option(`--${option} <port>`, `port of ${title}, 0 for any free one (${usual}; or ${variable})`);
  }
  addExamples(command, ['promptmeter up', 'promptmeter up --native --prometheus-port 0']);
  command.action(async (options: Options) => {
    if (options['docker'] === true && options['native'] === true) {
      throw new UsageError('--docker and --native exclude each other; give one of them');
    }
    const moved = { ...io, env: { ...io.env, ...given(options) } };
    const announcer = createAnnouncer(io, options['json'] === true);
    const up = { io: moved, announcer, demo: options['demo'] !== false };
    // Loaded only now, since other commands need none of it.
    const { hasDocker, upDocker } = await import('../up/docker.js');
    const { upNative } = await import('../up/native.js');
    const docker = options['docker'] === true || (options['native'] !== true && hasDocker(io.env));
    await (docker ? upDocker(up) : upNative(up));
  });
}

/** An option is the short way to set a variable for once. */
function given(options: Options): Record<string, string> {
  const pairs = PORT_NAMES.map(
    (name: PortName) => [PORTS[name].variable, options[camelCase(PORTS[name].option)]] as const,
  );
  return Object.fromEntries(
    pairs.filter((pair): pair is readonly [(typeof pair)[0], string] => typeof pair[1] === 'string'),
  );
}

function camelCase(option: string): string {
  return option.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
