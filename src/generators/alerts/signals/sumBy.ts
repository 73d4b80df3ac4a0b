import { sum, type Vector } from '../../promql/vector.js';

/** The sum by labels that are known only when promptmeter.yaml is, as attribution labels are. */
export function sumBy(vector: Vector<string>, by: readonly string[]): Vector<string> {
  return sum<string, string>(vector, by);
}
