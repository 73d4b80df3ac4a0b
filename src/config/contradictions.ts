import { z } from 'zod';
import type { ConfigurationProblem } from '../errors.js';
import { alertingContradictions } from './alertingContradictions.js';
import type { Config } from './Config.js';
import { seconds } from './duration.js';
import { gatewayContradictions } from './gatewayKeys.js';
import { routingContradictions } from './routingContradictions.js';
import { LESS_IS_WORSE, type ThresholdKind } from './thresholdKinds.js';
import { everyThreshold, type Threshold } from './thresholds.js';

/** What is well formed and still can't be meant. A model that only inherits a mistake isn't named for it. */
export function contradictions(config: Config): ConfigurationProblem[] {
  const ofThresholds = everyThreshold(config.thresholds).map(({ path, kind, threshold }) => ({
    kind,
    isDefault: path[1] === 'defaults',
    problems: thresholdProblems(z.core.toDotPath([...path]), kind, threshold, config.prometheus),
  }));
  const inherited = new Set(
    ofThresholds
      .filter(({ isDefault }) => isDefault)
      .flatMap(({ kind, problems }) => problems.map(({ message }) => `${kind} ${message}`)),
  );
  return [
    ...ofThresholds.flatMap(({ kind, isDefault, problems }) =>
 problems.filter(({ message }) => isDefault || !inherited.has(`${kind} ${message}`)),
),
    ...duplicates('attribution.labels', config.attributionLabels),
    ...duplicates('reporters', config.reporters ?? []),
    ...duplicates('budgets', config.budgets.map(({ name, period }) => `${name} (${period})`)),
    ...duplicates('slos', config.slos.map(({ name }) => name)),
    ...alertingContradictions(config),
    ...duplicates('receivers', config.receivers.map(({ name }) => name)),
    ...routingContradictions(config),
    ...duplicates('gateway.keys', (config.gateway.keys ?? []).map(({ name }) => name)),
    ...gatewayContradictions(config),
    ...serverProblems(config),
  ]; // prettier-ignore
}

function thresholdProblems(
  path: string,
  kind: ThresholdKind,
  { warning, critical, window, for: pending }: Threshold,
  { scrapeInterval, evaluationInterval }: Config['prometheus'],
): ConfigurationProblem[] {
  const problems: ConfigurationProblem[] = [];
  const add = (message: string) => problems.push({ path, message });
  const order = wrongOrder(kind, warning, critical);
  if (order !== undefined) add(order);
  if (seconds(pending) > 0 && seconds(pending) < seconds(evaluationInterval)) {
    add(
      `for (${pending}) is shorter than prometheus.evaluationInterval (${evaluationInterval}); use 0s or a longer one`,
    );
  }
  if (seconds(window) < 2 * seconds(scrapeInterval)) {
    add(
      `window (${window}) holds fewer than two scrapes of prometheus.scrapeInterval (${scrapeInterval}); lengthen it`,
    );
  }
  return problems;
}

function wrongOrder(kind: ThresholdKind, warning: number | null, critical: number | null): string | undefined {
  if (warning === null || critical === null) return undefined;
  const rest = 'or set one of them to null';
  if (LESS_IS_WORSE.has(kind)) {
    return critical > warning
      ? `critical (${critical}) is above warning (${warning}); lower it, raise the other, ${rest}`
      : undefined;
  }
  return critical < warning
    ? `critical (${critical}) is below warning (${warning}); raise it, lower the other, ${rest}`
    : undefined;
}

function duplicates(path: string, names: readonly string[]): ConfigurationProblem[] {
  const twice = new Set(names.filter((name, index) => names.indexOf(name) !== index));
  return [...twice].map((name) => ({ path, message: `${name} is named more than once; keep one` }));
}

function serverProblems({ gateway, metrics }: Config): ConfigurationProblem[] {
  const problems: ConfigurationProblem[] = [];
  if (gateway.port !== 0 && gateway.port === metrics.port) {
    const message = `the gateway has port ${gateway.port} too; give one of them another`;
    problems.push({ path: 'PROMPTMETER_METRICS_PORT', message });
  }
  if (metrics.adminToken !== undefined && metrics.adminToken === metrics.metricsToken) {
    const message = 'this is PROMPTMETER_METRICS_TOKEN too, so that whoever scrapes would be an admin; use two tokens';
    problems.push({ path: 'PROMPTMETER_ADMIN_TOKEN', message });
  }
  return problems;
}
