import { Random } from '../../../src/simulator/Random.js';

const many = <T>(draw: () => T) => Array.from({ length: 20_000 }, draw);
const quantile = (values: readonly number[], q: number) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length * q)]!;

describe('Random', () => {
  it('draws the same numbers for the same seed, on every machine and version', () => {
    const random = new Random(1, 'golden');
    expect(Array.from({ length: 5 }, () => random.int(0, 999))).toMatchInlineSnapshot(`
     [
       457,
       403,
       93,
       368,
       924,
     ]
    `);
    expect(random.id(12)).toMatchInlineSnapshot(`"TQvQfBlWX2ot"`);
  });

  it('tells seeds apart that only look alike when they are joined', () => {
    expect(new Random('ab', 'c').float()).not.toBe(new Random('a', 'bc').float());
  });

  it('draws log-normal values with the given median and tail', () => {
    const random = new Random(2);
    const values = many(() => random.logNormal(500, 0.4));
    expect(quantile(values, 0.5) / 500).toBeCloseTo(1, 1);
    expect(quantile(values, 0.95) / (500 * Math.exp(1.645 * 0.4))).toBeCloseTo(1, 1);
  });

  it('draws exponential gaps with the given mean', () => {
    const random = new Random(3);
    expect(many(() => random.exponential(10)).reduce((sum, gap) => sum + gap, 0) / 20_000).toBeCloseTo(10, 0);
  });

  it('draws whole numbers evenly, ends included', () => {
    const random = new Random(4);
    const counts = [0, 0, 0, 0];
    for (const value of many(() => random.int(2, 5))) counts[value - 2]! += 1;
    for (const count of counts) expect(count / 20_000).toBeCloseTo(0.25, 1);
  });
});
