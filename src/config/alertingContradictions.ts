import { z } from 'zod';
import type { ConfigurationProblem } from '../errors.js';
import type { Config } from './Config.js';
import { seconds } from './duration.js';
import type { Where } from './fields.js';
import { suggestion } from './nearest.js';
import type { Slo } from './objectives.js';
import { BY_ATTRIBUTION, BY_OPERATION } from './thresholdKinds.js';
import { everyThreshold } from './thresholds.js';

/** Labels of every metric of a call; calls, tokens and cost carry the attribution labels too. */
export const CALL_LABELS = ['provider', 'model', 'operation'] as const;

/** What is wrong with objectives and budgets that are each well formed. */
export function alertingContradictions(config: Config): ConfigurationProblem[] {
  const { slos, budgets, attributionLabels } = config;
  return [
    ...uncarried(config),
    ...capacityOrder(config),
    ...tooFewScrapes(config),
    ...slos.flatMap((slo, index) => [
      ...unknownLabels(`slos[${index}].where`, slo.where, labelsOf(slo, attributionLabels), OF_OBJECTIVE[slo.kind]),
      ...unreachable(`slos[${index}].objective`, slo),
    ]),
    ...budgets.flatMap(({ where }, index) =>
      unknownLabels(`budgets[${index}].where`, where, [...CALL_LABELS, ...attributionLabels], 'the cost of calls'),
    ),
  ];
}

const OF_OBJECTIVE = { availability: 'the count of calls', latency: 'latency', firstToken: 'time to first token' };

function labelsOf({ kind }: Slo, attribution: readonly string[]): readonly string[] {
  return kind === 'availability' ? [...CALL_LABELS, ...attribution] : CALL_LABELS;
}

function unknownLabels(path: string, where: Where, known: readonly string[], metric: string): ConfigurationProblem[] {
  return Object.keys(where)
    .filter((label) => !known.includes(label))
    .map((label) => ({
      path: `${path}.${label}`,
      message: `${metric} has no such label; ${suggestion(label, known)}`,
    }));
}

/** An alert whose bound no share can exceed would never fire. The most urgent one has the highest. */
function unreachable(path: string, { objective, period, burns }: Slo): ConfigurationProblem[] {
  const burn = burns.find(({ bound }) => bound >= 1);
  if (burn === undefined) return [];
  const { factor, bound, short, long } = burn;
  const lowest = Math.ceil((1 - 1 / factor) * 10_000 + 1) / 10_000;
  const message =
    `its alert of ${short} and ${long} would fire above ${factor} × (1 - ${objective}) = ${bound}, ` +
    `and no share of bad calls over ${period} is ever above 1; raise it to ${lowest} or more, or shorten the period`;
  return [{ path, message }];
}

/** What windows are put together from, and the shortest window of every objective. */
const PIECE = '5m';

function tooFewScrapes({ prometheus: { scrapeInterval } }: Config): ConfigurationProblem[] {
  if (seconds(PIECE) >= 2 * seconds(scrapeInterval)) return [];
  const message = `rules read ${PIECE} at a time, which hold fewer than two scrapes (every ${scrapeInterval}); scrape more often`;
  return [{ path: 'prometheus.scrapeInterval', message }];
}

/** Overrides by a label that the metric of the threshold has not got. */
function uncarried({ thresholds, attributionLabels }: Config): ConfigurationProblem[] {
  const unknown = Object.keys(thresholds.attribution)
    .filter((label) => !attributionLabels.includes(label))
    .map((label) => ({
      path: z.core.toDotPath(['thresholds', 'attribution', label]),
      message: `this is no attribution label; ${suggestion(label, attributionLabels)}`,
    }));
  const carried = { operations: BY_OPERATION, attribution: BY_ATTRIBUTION };
  const useless = everyThreshold(thresholds).flatMap(({ path, kind }) => {
    const [, by] = path;
    if ((by !== 'operations' && by !== 'attribution') || carried[by].has(kind)) return [];
    const label = by === 'operations' ? 'operation' : 'attribution label';
    const message = `it is not known by ${label}; ${suggestion(kind, [...carried[by]])}`;
    return [{ path: z.core.toDotPath([...path]), message }];
  });
  return [...unknown, ...useless];
}

function capacityOrder({ capacity: { used } }: Config): ConfigurationProblem[] {
  if (used.critical > used.warning) return [];
  const message = `critical (${used.critical}) is not above warning (${used.warning}); raise it or lower the other`;
  return [{ path: 'capacity.used', message }];
}
