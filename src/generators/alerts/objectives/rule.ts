import type { Slo } from '../../../config/Config.js';
import type { RecordingRule } from '../../promql/recordingRule.js';

/** Makes the recording rules of one objective, whose series all carry its name. */
export function fixedRule({ name }: Slo): (record: string, expr: string) => RecordingRule {
  return (record, expr) => ({ record, expr, labels: ['slo'], fixed: { slo: name } });
}
