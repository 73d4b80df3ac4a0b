import { isConfigurationError } from '../../src/errors.js';
import { configOf } from './configOf.js';

/** What is wrong with a promptmeter.yaml of this content, as lines `path: message`. */
export function problemsOf(yaml: string): string[] {
  try {
    configOf(yaml);
    return [];
  } catch (error) {
    if (!isConfigurationError(error)) throw error;
    return error.problems.map(({ path, message }) => `${path}: ${message}`);
  }
}
