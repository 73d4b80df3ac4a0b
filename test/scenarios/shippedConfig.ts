import type { Config } from '../../src/config/Config.js';
import { configOf } from '../helpers/configOf.js';
import { committed } from '../helpers/repository.js';

/** What a fresh clone alerts by. */
export function shippedConfig(): Config {
  return configOf(committed('promptmeter.yaml'));
}
