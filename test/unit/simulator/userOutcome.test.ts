import { USER_OUTCOMES } from '../../../src/call/userOutcome.js';
import { Random } from '../../../src/simulator/Random.js';
import type { CallOutcome } from '../../../src/simulator/traffic/makeCall.js';
import { abandonment, userOutcome } from '../../../src/simulator/traffic/userOutcome.js';

const shares = (waitedMs: number, outcome: CallOutcome = 'success'): Readonly<Record<string, number>> => {
  const random = new Random('outcomes', waitedMs);
  const told = Array.from({ length: 5000 }, () => userOutcome({ outcome, waitedMs, correlationId: 'x' }, random));
  const shareOf = (name: string | undefined) => told.filter((one) => one === name).length / told.length;
  return { ...Object.fromEntries(USER_OUTCOMES.map((name) => [name, shareOf(name)])), none: shareOf(undefined) };
};

test('the longer users wait, the more of them go away', () => {
  const waits = [0, 2, 5, 10, 30, 120];
  const odds = waits.map(abandonment);

  expect(odds).toEqual([...odds].sort((a, b) => a - b));
  expect([odds[0], odds[1]]).toEqual([0.02, 0.02]);
  expect(odds.at(-1)).toBeCloseTo(0.8, 3);
  for (const [at, seconds] of waits.entries()) expect(shares(seconds * 1000)['abandoned']).toBeCloseTo(odds[at]!, 1);
});

test('of quick answers every outcome is told now and then, and of most none', () => {
  const quick = shares(500);
  for (const name of USER_OUTCOMES) expect(quick[name]).toBeGreaterThan(0.005);
  expect(quick['none']).toBeGreaterThan(0.5);
});

test('who leaves a stream has abandoned it, and who gets an error tries again or leaves', () => {
  expect(shares(100, 'left')).toMatchObject({ abandoned: 1 });
  const failed = shares(100, 'error');
  expect(failed['retried']! + failed['abandoned']!).toBe(1);
});
