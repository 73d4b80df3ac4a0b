import { z } from 'zod';
import { name, usd, where, type Where } from './fields.js';

export const BUDGET_PERIODS = ['daily', 'weekly', 'monthly'] as const;
export type BudgetPeriod = (typeof BUDGET_PERIODS)[number];

/** US dollars for the calls that `where` selects, in a calendar period by UTC; weeks begin on Monday. */
export interface Budget {
  readonly name: string;
  readonly usd: number;
  readonly period: BudgetPeriod;
  readonly where: Where;
}

export const budgetSchema = z.strictObject({ name, usd, period: z.enum(BUDGET_PERIODS), where: where.optional() });

export function normalizeBudget(file: z.infer<typeof budgetSchema>): Budget {
  return { ...file, where: file.where ?? {} };
}
