import { DEFAULT_THRESHOLDS } from '../../../src/config/defaults.js';
import { seconds } from '../../../src/config/duration.js';
import { MIX, rowAt } from '../../../src/simulator/traffic/mix.js';
import { planCall } from '../../../src/simulator/traffic/planCall.js';

const CALLS_PER_SECOND = 3;
const plans = Array.from({ length: 1800 * CALLS_PER_SECOND }, (_, number) => planCall(1, number));

describe('the plan of the traffic', () => {
  it('is the same for the same seed and number', () => {
    expect(planCall(5, 42)).toEqual(planCall(5, 42));
    expect(planCall(5, 42)).not.toEqual(planCall(6, 42));
  });

  it('has shares that add up to 1, most of them streams', () => {
    expect(MIX.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 10);
    expect(plans.filter(({ row }) => row.stream).length / plans.length).toBeGreaterThan(0.6);
    expect(rowAt(0)).toBe(MIX[0]);
    expect(rowAt(0.999_999_999)).toBe(MIX.at(-1));
  });

  it('has every sort of error and of leaving within half an hour, and few of them', () => {
    const faults = plans.flatMap(({ fault }) => fault ?? []);
    expect(new Set(faults).size).toBe(6);
    expect(faults.length / plans.length).toBeCloseTo(0.005, 5);
    const left = plans.filter(({ leaveAfter }) => leaveAfter !== undefined).length / plans.length;
    expect(left).toBeGreaterThan(0.01);
    expect(left).toBeLessThan(0.03);
  });

  it('never keeps a model above the warning for errors as long as it takes to fire', () => {
    const { warning, minimumRequests, window, for: wait } = DEFAULT_THRESHOLDS.errorRatio;
    const inWindow = seconds(window) * CALLS_PER_SECOND;
    for (const model of new Set(MIX.map((row) => row.model))) {
      const own = plans.map(({ row }) => row.model === model);
      const [calls, failed] = [
        runningSum(own),
        runningSum(plans.map(({ fault }, i) => own[i]! && fault !== undefined)),
      ];
      const grown = (sums: readonly number[], end: number) => sums[end]! - sums[Math.max(0, end - inWindow)]!;
      let [above, longest] = [0, 0];
      for (let end = 1; end <= plans.length; end += 1) {
        const high = grown(calls, end) >= minimumRequests && grown(failed, end) / grown(calls, end) > warning!;
        above = high ? above + 1 : 0;
        longest = Math.max(longest, above);
      }
      expect(longest / CALLS_PER_SECOND).toBeLessThan(seconds(wait) / 2);
    }
  });
});

/** How many of the first 0, 1, 2 ... are true. */
function runningSum(marks: readonly boolean[]): number[] {
  let sum = 0;
  return [0, ...marks.map((mark) => (sum += mark ? 1 : 0))];
}
