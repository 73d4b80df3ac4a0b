import type { Slo } from '../../../config/Config.js';
import { METRICS } from '../../../metrics/catalogue.js';
import { callsOf, seriesOf } from '../series.js';
import type { Growth } from '../Signal.js';

/** What a minute of so many calls, of which this share is bad, adds to the series that the objective counts; for rule tests. */
export function growthOf({ kind, under, where }: Slo, calls: number, bad: number): Growth {
  const labels = { provider: 'openai', model: 'a', operation: 'chat', ...where };
  if (kind === 'availability') {
    const calling = (status: string, count: number) => callsOf({ ...labels, status }, count);
    return {
      ...calling('success', calls * (1 - bad)),
      ...calling('error_stream', calls * bad),
      ...calling('aborted', calls),
    };
  }
  const own = kind === 'latency' ? { ...labels, status: 'success' } : labels;
  const { name } = kind === 'latency' ? METRICS.duration : METRICS.firstToken;
  // Half of the calls as Prometheus 3 stores them, the other half as Prometheus 2.
  const half = (le: string, replica: string) => ({
    [seriesOf(`${name}_bucket`, { ...own, le, instance: replica })]: (calls * (1 - bad)) / 2,
    [seriesOf(`${name}_count`, { ...own, instance: replica })]: calls / 2,
  });
  const milliseconds = String(under * 1000);
  return { ...half(milliseconds, 'a'), ...half(`${milliseconds}.0`, 'b') };
}
