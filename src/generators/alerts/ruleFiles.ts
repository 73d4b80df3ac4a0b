import { toYaml } from '../yaml.js';
import type { GeneratedFile } from '../GeneratedFile.js';
import type { AlertGroup } from './AlertGroup.js';

/** Between evaluations in rule tests; a multiple of no window, so that no test depends on where evaluations fall. */
const TEST_EVALUATION = '10s';

/** The rules of a group as Prometheus loads them, and their tests as `promtool test rules` runs them. */
export function ruleFiles({ name, records, alerts, tests }: AlertGroup): readonly GeneratedFile[] {
  const rules = [
    ...records.map(({ record, expr }) => ({ record, expr })),
    ...alerts.map(({ alert, expr, for: wait, labels, annotations }) => ({ alert, expr, for: wait, labels, annotations })),
  ];
  return [
    { path: `alerts/${name}.yml`, content: toYaml({ groups: [{ name: `promptmeter-${name}`, rules }] }) },
    {
      path: `alerts/tests/${name}.yml`,
      content: toYaml({ rule_files: [`../${name}.yml`], evaluation_interval: TEST_EVALUATION, tests }),
    },
  ];
}
