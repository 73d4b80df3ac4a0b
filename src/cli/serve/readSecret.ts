import { readFileSync } from 'node:fs';
import type { Secret } from '../../config/Config.js';
import { ConfigurationError } from '../../errors.js';
import type { Io } from '../io.js';

/**
 * What a secret of promptmeter.yaml holds now, without line ends around it.
 * @throws ConfigurationError when it isn't there, or can't go into a header. It never shows the secret.
 */
export function readSecret(secret: Secret, path: string, env: Io['env'], source: string): string {
  const fail = (message: string): never => {
    throw new ConfigurationError(source, [{ path, message }]);
  };
  const value = ('env' in secret ? (env[secret.env] ?? '') : textOf(secret.file)).trim();
  if (value === '') {
    if ('env' in secret) return fail(`the environment has no ${secret.env}; set it to the secret`);
    return fail(`the file ${secret.file} is empty or can't be read here; put the secret there`);
  }
  if (!/^[\x21-\x7e]+$/.test(value)) return fail('the secret holds characters that no header may; write it anew');
  return value;
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
