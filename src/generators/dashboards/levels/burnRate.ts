import type { Threshold as Step } from '@grafana/grafana-foundation-sdk/dashboard';
import type { Config, Slo } from '../../../config/Config.js';
import { badRatioRecord } from '../../alerts/objectives/names.js';
import type { Vector } from '../../promql/vector.js';
import { objectives, untilCounted } from '../objectivePanels.js';
import { risingSteps } from '../styles/thresholds.js';
import { CHOSEN } from './chosen.js';

/** How many times faster than allowed the budget was used up over a window. */
export function burnRate(window: string): Vector<'slo'> {
  const bad = untilCounted(badRatioRecord(window), 0, CHOSEN);
  return { text: `(\n${bad.text}\n) / on (slo) (1 - ${objectives(CHOSEN).text})`, labels: ['slo'] };
}

/** Where the alerts for a ticket and for a page begin; the least of each, where periods differ. */
export function burnSteps({ slos }: Config): readonly Step[] {
  const factor = (severity: Slo['burns'][number]['severity']) =>
    Math.min(
      ...slos.flatMap(({ burns }) => burns.filter((burn) => burn.severity === severity).map((burn) => burn.factor)),
    );
  return risingSteps(factor('warning'), factor('critical'));
}
