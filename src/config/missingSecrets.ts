import { accessSync, constants } from 'node:fs';
import type { ConfigurationProblem } from '../errors.js';
import type { Environment } from './environment.js';
import { secretsOf, type Receiver } from './receivers.js';

/** Secrets of receivers that are not where promptmeter.yaml says. Their values are neither kept nor shown. */
export function missingSecrets(receivers: readonly Receiver[], env: Environment): ConfigurationProblem[] {
  return secretsOf(receivers).flatMap(({ path, secret }) => {
    if ('env' in secret) {
      if ((env[secret.env] ?? '') !== '') return [];
      return [{ path, message: `the environment has no ${secret.env}; set it to the secret` }];
    }
    if (isReadable(secret.file)) return [];
    return [{ path, message: `the file ${secret.file} can't be read here; put the secret there` }];
  });
}

function isReadable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}
