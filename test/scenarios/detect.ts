import { dump } from 'js-yaml';
import { alertGroups } from '../../src/generators/alerts/registry.js';
import { groupName, ruleFiles } from '../../src/generators/alerts/ruleFiles.js';
import type { Config } from '../../src/config/Config.js';
import { runProgram } from '../helpers/runProgram.js';
import type { TemporaryFolder } from '../helpers/temporaryFolder.js';
import type { Incident } from './Incident.js';
import { world } from './world.js';

/** An alert that fires in a stretch of time. */
export interface Fired {
  readonly alert: string;
  readonly severity: string;
  /** Empty for an alert that is about no model. */
  readonly model: string;
  /** The minute in which it first begins to fire there. */
  readonly minute: number;
}

/** A stretch of time: an incident with what comes right after it, or what lies between two. */
export interface Stretch {
  readonly incident: Incident | undefined;
  /** Minutes, the first included, the last not. */
  readonly from: number;
  readonly to: number;
  readonly fired: readonly Fired[];
}

/** Groups on which the simulated world has data, and what they are made of. */
const GROUPS =
  /^(inputs.*|latency|first-token|errors|error-types|account|aborted|cut-streams|truncated|cost.*|uncounted-spend|slo-.*|traffic|targets)$/;

/** An alert that comes so many minutes after an incident still belongs to it. */
const AFTER = 15;

/**
 * Runs the shipped rules over the simulated days and asks, for each stretch, which alerts begin to fire in it.
 * Promtool tells values only where a test fails, so every question is one that must.
 */
export async function detect(
  config: Config,
  days: number,
  incidents: readonly Incident[],
  folder: TemporaryFolder,
): Promise<readonly Stretch[]> {
  const groups = alertGroups(config).filter(({ name }) => GROUPS.test(name));
  for (const { path, content } of groups.flatMap(ruleFiles)) folder.write(path, content);
  const stretches = stretchesOf(days, incidents);
  folder.write(
    'month.yml',
    dump(
      {
        rule_files: groups.map(({ name }) => `alerts/${name}.yml`),
        group_eval_order: groups.map(({ name }) => groupName(name)),
        evaluation_interval: '1m',
        tests: [
          {
            interval: '1m',
            input_series: world(days, incidents),
            promql_expr_test: stretches.map(({ from, to }) => question(from, to)),
          },
        ],
      },
      { lineWidth: -1 },
    ),
  );
  const { output } = await runProgram('promtool', ['test', 'rules', `${folder.path}/month.yml`]);
  const answers = [...output.matchAll(/^ +got: ?(.*)$/gm)].map(([, got]) => got ?? '');
  if (answers.length < stretches.length) throw new Error(`promtool did not answer:\n${output.slice(0, 2000)}`);
  return stretches.map((stretch, index) => ({ ...stretch, fired: firedIn(answers[index] ?? '') }));
}

function stretchesOf(days: number, incidents: readonly Incident[]): readonly Omit<Stretch, 'fired'>[] {
  const ends = incidents.map(({ start, minutes }) => start + minutes + AFTER);
  const between = [0, ...ends].map((from, index) => ({
    incident: undefined,
    from,
    to: incidents[index]?.start ?? days * 1440,
  }));
  const within = incidents.map((incident, index) => ({ incident, from: incident.start, to: ends[index] ?? 0 }));
  return [...between, ...within].sort((a, b) => a.from - b.from);
}

/** When each alert first begins in the stretch. The half minute more takes in its first minute in Prometheus 2 and 3. */
function question(from: number, to: number): object {
  const firing = 'ALERTS{alertstate="firing", severity=~"warning|critical"}';
  return {
    expr: `min_over_time(timestamp(${firing} unless ${firing} offset 1m)[${(to - from) * 60 - 30}s:1m])`,
    eval_time: `${to - 1}m`,
    exp_samples: [{ labels: 'nothing', value: 0 }],
  };
}

function firedIn(answer: string): readonly Fired[] {
  return [...answer.matchAll(/\{([^}]*)\} ([\d.E+-]+)/g)].map(([, labels = '', seconds]) => ({
    alert: labelOf(labels, 'alertname'),
    severity: labelOf(labels, 'severity'),
    model: labelOf(labels, 'model'),
    minute: Number(seconds) / 60,
  }));
}

function labelOf(labels: string, name: string): string {
  return new RegExp(`${name}="([^"]*)"`).exec(labels)?.[1] ?? '';
}
