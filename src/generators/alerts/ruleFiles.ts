import { toYaml } from '../yaml.js';
import type { GeneratedFile } from '../GeneratedFile.js';
import type { AlertGroup, AlertRule, RuleTest } from './AlertGroup.js';

/** The rules of a group as Prometheus loads them, and their tests as `promtool test rules` runs them. */
export function ruleFiles({
  name,
  interval,
  records,
  needs = [],
  alerts,
  tests,
}: AlertGroup): readonly GeneratedFile[] {
  const rules = [
    ...records.map(({ record, expr, fixed }) => ({ record, expr, ...(fixed !== undefined && { labels: fixed }) })),
    ...alerts.map(asRule),
  ];
  const group = { name: groupName(name), ...(interval !== undefined && { interval: inSeconds(interval) }), rules };
  return [
    { path: `alerts/${name}.yml`, content: toYaml({ groups: [group] }) },
    { path: `alerts/tests/${name}.yml`, content: toYaml(testFile([...needs, name], tests)) },
  ];
}

/** Without the words that are for docs/alerts.md alone. */
function asRule({ alert, expr, for: wait, keep_firing_for: keep, labels, annotations }: AlertRule): object {
  return { alert, expr, for: wait, ...(keep !== undefined && { keep_firing_for: keep }), labels, annotations };
}

/** Promtool's own default, for a file without tests. */
const EVALUATION_SECONDS = 60;

/** Rules are evaluated as often as the closest samples come, unless a test needs it less often. */
function testFile(names: readonly string[], tests: readonly RuleTest[]): object {
  const intervals =
    tests.length === 0 ? [EVALUATION_SECONDS] : tests.map(({ interval, evaluation = interval }) => evaluation);
  return {
    rule_files: names.map((name) => `../${name}.yml`),
    ...(names.length > 1 && { group_eval_order: names.map(groupName) }),
    evaluation_interval: inSeconds(Math.min(...intervals)),
    tests: tests.map(asTest),
  };
}

/** Without what only says how often the whole file is evaluated. */
function asTest(test: RuleTest): object {
  const told = Object.entries(test).filter(([key]) => key !== 'evaluation');
  return { ...Object.fromEntries(told), interval: inSeconds(test.interval) };
}

/** As Prometheus knows the group of a file. */
export function groupName(name: string): string {
  return `promptmeter-${name}`;
}

function inSeconds(seconds: number): string {
  return `${seconds}s`;
}
