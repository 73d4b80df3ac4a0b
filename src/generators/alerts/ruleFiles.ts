import { toYaml } from '../yaml.js';
import type { GeneratedFile } from '../GeneratedFile.js';
import type { AlertGroup, RuleTest } from './AlertGroup.js';

/** The rules of a group as Prometheus loads them, and their tests as `promtool test rules` runs them. */
export function ruleFiles({ name, records, alerts, tests }: AlertGroup): readonly GeneratedFile[] {
  const rules = [
    ...records.map(({ record, expr }) => ({ record, expr })),
    ...alerts.map(({ alert, expr, for: wait, labels, annotations }) => ({ alert, expr, for: wait, labels, annotations })),
  ];
  return [
    { path: `alerts/${name}.yml`, content: toYaml({ groups: [{ name: `promptmeter-${name}`, rules }] }) },
    { path: `alerts/tests/${name}.yml`, content: toYaml(testFile(name, tests)) },
  ];
}

/** Promtool's own default, for a file without tests. */
const EVALUATION_SECONDS = 60;

/** Rules are evaluated as often as the closest samples come. */
function testFile(name: string, tests: readonly RuleTest[]): object {
  const intervals = tests.length === 0 ? [EVALUATION_SECONDS] : tests.map(({ interval }) => interval);
  return {
    rule_files: [`../${name}.yml`],
    evaluation_interval: inSeconds(Math.min(...intervals)),
    tests: tests.map((test) => ({ ...test, interval: inSeconds(test.interval) })),
  };
}

function inSeconds(seconds: number): string {
  return `${seconds}s`;
}
