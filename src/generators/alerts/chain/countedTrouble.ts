import type { PlainAlert } from '../plainAlert.js';
import { seriesOf } from '../series.js';

type Own = Pick<PlainAlert, 'alert' | 'severity' | 'summary' | 'description' | 'firesWhen'>;

/** A counter that ought to stand still. */
interface Trouble extends Own {
  readonly metric: string;
  /** Labels by which it is told apart, with values for the tests; job and instance too where they matter. */
  readonly labels: Readonly<Record<string, string>>;
  readonly window: string;
}

/** Fires when a counter of trouble grew in the window; once it stands still for as long, it is over. */
export function countedTrouble({ metric, labels, window, ...own }: Trouble): PlainAlert {
  const by = Object.keys(labels);
  const minutes = Number.parseInt(window, 10);
  const series = (values: string) => [{ series: seriesOf(metric, labels), values }];
  const quiet = `${minutes * 3}m`;
  return {
    ...own,
    expr: `${by.length === 0 ? 'sum' : `sum by (${by.join(', ')})`} (increase(${metric}[${window}])) > 0`,
    for: '0s',
    tests: [
      {
        name: 'fires when it grows and resolves',
        interval: 60,
        series: series(`0x2 1x${minutes * 3}`),
        looks: [
          { at: '2m', fires: [] },
          { at: '4m', fires: [{ labels }] },
          { at: quiet, fires: [] },
        ],
      },
      {
        name: 'does not fire on what was counted before, nor on a restart',
        interval: 60,
        series: series(`7x${minutes} 0x${minutes}`),
        looks: [
          { at: `${minutes}m`, fires: [] },
          { at: `${minutes + 2}m`, fires: [] },
        ],
      },
      {
        name: 'does not fire without data',
        interval: 60,
        series: series(`0x2 1 stale _x${minutes * 3}`),
        looks: [{ at: quiet, fires: [] }],
      },
    ],
  };
}
