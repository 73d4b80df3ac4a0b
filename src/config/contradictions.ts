import { z } from 'zod';
import type { ConfigurationProblem } from '../errors.js';
import { alertingContradictions } from './alertingContradictions.js';
import type { Config } from './Config.js';
import { seconds } from './duration.js';
import { everyThreshold } from './thresholds.js';

/** What is well formed and still can't be meant. A model that only inherits a mistake isn't named for it. */
export function contradictions(config: Config): ConfigurationProblem[] {
  const ofThresholds = [...everyThreshold(config.thresholds)].map(({ path, kind, threshold }) => ({
    kind,
    isDefault: path[1] === 'defaults',
    problems: thresholdProblems(z.core.toDotPath([...path]), threshold, config.prometheus),
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
    ...serverProblems(config),
  ]; // prettier-ignore
}

type ThresholdValues = Config['thresholds']['defaults']['latencyP95'];

function thresholdProblems(
  path: string,
  { warning, critical, window, for: pending }: ThresholdValues,
  { scrapeInterval, evaluationInterval }: Config['prometheus'],
): ConfigurationProblem[] {
  const problems: ConfigurationProblem[] = [];
  const add = (message: string) => problems.push({ path, message });
  if (warning !== null && critical !== null && critical < warning) {
    add(`critical (${critical}) is below warning (${warning}); raise it, lower the other, or set one of them to null`);
  }
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
