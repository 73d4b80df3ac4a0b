import type { Config } from '../../config/Config.js';
import { ConfigurationError } from '../../errors.js';
import type { Signal } from './Signal.js';
import { boundsOf, thresholdScopes } from './thresholdScopes.js';

/**
 * Refuses thresholds that could never be crossed, since such an alert would give false peace: a histogram tells
 * nothing beyond its last bucket. Throws ConfigurationError that names all of them.
 */
export function refuseUnreachable(config: Config, signals: readonly Signal[]): void {
  const problems = signals.flatMap(({ kind, title, unit, greatest }) =>
    thresholdScopes(config, kind).flatMap(({ threshold, path }) =>
      boundsOf(threshold)
        .filter(({ bound }) => bound >= greatest)
        .map(({ severity, bound }) => ({
          path: `${path}.${severity}`,
          message: `${unit.writeBound(bound)} could never be exceeded, because ${title} is measured up to ${unit.writeBound(greatest)}; use less, or null for no alert`,
        })),
    ),
  );
  if (problems.length > 0) throw new ConfigurationError(config.source, problems);
}
