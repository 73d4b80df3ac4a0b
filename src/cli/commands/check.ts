import type { Command } from 'commander';
import { loadConfig } from '../../config/loadConfig.js';
import { PromptmeterError } from '../../errors.js';
import { PROGRAM_CHECKS } from '../check/programChecks.js';
import { runProgramCheck, type CheckResult } from '../check/runProgramCheck.js';
import { addExamples } from '../examples.js';
import type { Io } from '../io.js';

export function registerCheck(program: Command, io: Io): void {
  const command = program
    .command('check')
    .description('Check promptmeter.yaml and the environment, and the rules with promtool and amtool where those are.')
    .option('--json', 'print JSON')
    .action((options: { readonly json?: true }) => check(options, io));
  addExamples(command, ['promptmeter check', 'PROMPTMETER_CONFIG=staging.yaml promptmeter check --json']);
}

async function check({ json }: { readonly json?: true }, io: Io): Promise<void> {
  const config = loadConfig({ env: io.env, cwd: io.cwd, withSecrets: true });
  const results: CheckResult[] = [{ check: 'configuration', result: 'ok', detail: config.source }];
  for (const programCheck of PROGRAM_CHECKS) results.push(await runProgramCheck(programCheck, io));
  if (json) io.stdout(JSON.stringify({ results }));
  else for (const line of results.flatMap(asLines)) io.stdout(line);
  const failed = results.filter(({ result }) => result === 'failed').map(({ check: name }) => name);
  if (failed.length > 0) throw new PromptmeterError('check_failed', `correct the ${failed.join(' and the ')}`);
}

function asLines({ check: name, result, detail, output = '' }: CheckResult): string[] {
  return [
    `${result.padEnd(7)} ${name}: ${detail}`,
    ...output
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => `        ${line}`),
  ];
}
