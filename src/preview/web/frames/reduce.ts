import type { Cell } from './Frame.js';

type Calculation = (all: readonly Cell[], numbers: readonly number[]) => Cell;

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);
const mean = (numbers: readonly number[]): Cell => (numbers.length === 0 ? null : sum(numbers) / numbers.length);
const difference = (numbers: readonly number[]): Cell => {
  const [first, last] = [numbers[0], numbers.at(-1)];
  return first === undefined || last === undefined ? null : last - first;
};
const min = (numbers: readonly number[]): Cell =>
  numbers.reduce<Cell>((a, b) => (a === null || b < Number(a) ? b : a), null);
const max = (numbers: readonly number[]): Cell =>
  numbers.reduce<Cell>((a, b) => (a === null || b > Number(a) ? b : a), null);

/** Grafana's calculations by id, with the name that legends and tables show. */
export const CALCULATIONS = {
  lastNotNull: { title: 'Last', of: (all) => all.findLast((value) => value !== null) ?? null },
  last: { title: 'Last (incl. gaps)', of: (all) => all.at(-1) ?? null },
  firstNotNull: { title: 'First', of: (all) => all.find((value) => value !== null) ?? null },
  first: { title: 'First (incl. gaps)', of: (all) => all[0] ?? null },
  mean: { title: 'Mean', of: (_, numbers) => mean(numbers) },
  min: { title: 'Min', of: (_, numbers) => min(numbers) },
  max: { title: 'Max', of: (_, numbers) => max(numbers) },
  sum: { title: 'Total', of: (_, numbers) => (numbers.length === 0 ? null : sum(numbers)) },
  count: { title: 'Count', of: (all) => all.length },
  range: {
    title: 'Range',
    of: (_, numbers) => (numbers.length === 0 ? null : Number(max(numbers)) - Number(min(numbers))),
  },
  diff: { title: 'Difference', of: (_, numbers) => difference(numbers) },
  delta: {
    title: 'Delta',
    of: (_, numbers) => sum(numbers.map((each, i) => Math.max(0, each - (numbers[i - 1] ?? each)))),
  },
} as const satisfies Record<string, { title: string; of: Calculation }>;

export type CalculationId = keyof typeof CALCULATIONS;

export function isCalculation(id: string): id is CalculationId {
  return Object.hasOwn(CALCULATIONS, id);
}

/** One value of many; null when there is none. Gaps count in no calculation that has numbers. */
export function reduce(values: readonly Cell[], id: string): Cell {
  const { of } = CALCULATIONS[isCalculation(id) ? id : 'lastNotNull'];
  return of(
    values,
    values.filter((value) => typeof value === 'number'),
  );
}
