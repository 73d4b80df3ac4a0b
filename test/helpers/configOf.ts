import type { Config } from '../../src/config/Config.js';
import { loadConfig } from '../../src/config/loadConfig.js';
import { temporaryFolder } from './temporaryFolder.js';

/** The configuration that a promptmeter.yaml with this content gives, with an empty environment. */
export function configOf(yaml = ''): Config {
  const folder = temporaryFolder();
  try {
    folder.write('promptmeter.yaml', yaml);
    return loadConfig({ env: {}, cwd: folder.path });
  } finally {
    folder.remove();
  }
}
