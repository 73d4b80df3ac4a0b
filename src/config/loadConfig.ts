import { ConfigurationError, type ConfigurationProblem } from '../errors.js';
import type { Config } from './Config.js';
import { contradictions } from './contradictions.js';
import { found } from './describe.js';
import { readEnvironment, type Environment } from './environment.js';
import { freeze } from './freeze.js';
import { missingSecrets } from './missingSecrets.js';
import { normalize } from './normalize.js';
import { parsePartially } from './parsePartially.js';
import { readConfigFile } from './readConfigFile.js';
import { mayBeSecret } from './receivers.js';
import { fileSchema } from './schema.js';
import { expandUpstreams } from './upstreams.js';

export interface LoadConfigOptions {
  /** The environment; PROMPTMETER_CONFIG names the file. */
  readonly env: Environment;
  /** The folder against which file names are resolved and in which promptmeter.yaml is looked for. */
  readonly cwd: string;
  /** True when a receiver's secret that is missing counts as a problem: only whoever sends alerts needs them. */
  readonly withSecrets?: boolean;
}

/**
 * Reads promptmeter.yaml and the environment into one frozen object in which nothing is optional.
 * @throws ConfigurationError with every problem at once, each with its path, what was found and what is allowed.
 */
export function loadConfig({ env, cwd, withSecrets = false }: LoadConfigOptions): Config {
  const environment = readEnvironment(env);
  const { source, content, problems: unread } = readConfigFile(environment.value.PROMPTMETER_CONFIG, cwd);
  const expanded = expandUpstreams(content, env);
  const file = parsePartially(fileSchema, expanded.content, (value, path) =>
    mayBeSecret(path) ? 'something else' : found(value),
  );
  const config = normalize(source, file.value, environment.value);
  const problems = [
    ...unread,
    ...file.problems,
    ...expanded.problems,
    ...environment.problems,
    ...contradictions(config),
    ...(withSecrets ? missingSecrets(config.receivers, env) : []),
  ];
  if (problems.length > 0) throw new ConfigurationError(whereOf(source, problems), problems);
  return freeze(config);
}

function whereOf(source: string, problems: readonly ConfigurationProblem[]): string {
  const ofVariables = problems.filter(({ path }) => /^[A-Z_]+$/.test(path)).length;
  if (ofVariables === 0) return source;
  return ofVariables === problems.length ? 'the environment' : `${source} with the environment`;
}
