import type { Config } from '../../config/Config.js';
import type { Dashboard } from './dashboard.js';
import { capacity } from './capacity/capacity.js';
import { cost } from './cost/cost.js';
import { errors } from './errors/errors.js';
import { latency } from './latency/latency.js';
import { levels } from './levels/levels.js';
import { overview } from './overview/overview.js';
import { self } from './self/self.js';

/** Every dashboard: one file or folder each, in the order in which one would look at them. */
export const DASHBOARDS: readonly ((config: Config) => Dashboard)[] = [
  overview,
  latency,
  errors,
  cost,
  levels,
  capacity,
  self,
];
