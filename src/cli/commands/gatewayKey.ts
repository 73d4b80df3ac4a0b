import type { Command } from 'commander';
import { UsageError } from '../../errors.js';
import { addExamples } from '../examples.js';
import type { Io } from '../io.js';

/** `promptmeter gateway key <name>`. */
export function registerGatewayKey(program: Command, io: Io): void {
  const gateway = program.command('gateway').description('Say who may call through the gateway.');
  const command = gateway
    .command('key')
    .description('Make a key for a caller, and its hash for gateway.keys of promptmeter.yaml.')
    .argument('<name>', 'whose key it is: small letters, digits and -')
    .option('--json', 'print JSON')
    .action((name: string, options: { readonly json?: true }) => makeKey(name, options, io));
  addExamples(command, ['promptmeter gateway key search-team', 'promptmeter gateway key search-team --json']);
  addExamples(gateway, ['promptmeter gateway key search-team']);
}

async function makeKey(name: string, { json }: { readonly json?: true }, io: Io): Promise<void> {
  if (!/^[a-z0-9][a-z0-9-]{0,39}$/.test(name)) {
    throw new UsageError(`${JSON.stringify(name)} is no name of a key; use up to 40 small letters, digits and -`);
  }
  const { createKey } = await import('../../gateway/keys/keyHash.js');
  const { key, hash } = await createKey(name);
  if (json) {
    io.stdout(JSON.stringify({ name, key, hash }));
    return;
  }
  io.stdout(key);
  io.stdout(`- { name: ${name}, hash: '${hash}' }`);
  io.stderr(
    'The first line is for the caller, as OPENAI_API_KEY, and is shown only now; the second goes under gateway.keys.',
  );
}
