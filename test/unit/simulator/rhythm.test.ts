import { dailyRhythm } from '../../../src/simulator/traffic/rhythm.js';

const at = (time: string) => dailyRhythm(Date.parse(`2026-01-01T${time}:00Z`));

describe('the daily rhythm', () => {
  it.each([
    ['15:00', 1.3],
    ['21:00', 1],
    ['03:00', 0.7],
    ['09:00', 1],
  ])('at %s the rate is %f times the mean', (time, factor) => {
    expect(at(time)).toBeCloseTo(factor, 10);
  });
});
