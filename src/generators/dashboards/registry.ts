import type { Config } from '../../config/Config.js';
import type { GeneratedFile } from '../GeneratedFile.js';
import { overview } from './overview.js';

/** Every dashboard: one file each. */
export const DASHBOARDS: readonly ((config: Config) => GeneratedFile)[] = [overview];
