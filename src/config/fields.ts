import { z } from 'zod';

/** A name of an objective, a budget or a receiver; it becomes a label's value. */
export const name = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,62}$/, 'up to 63 small letters, digits and _ that start with a letter are allowed');

export const ratio = z
  .number({ error: 'a ratio between 0 and 1 is allowed, such as 0.05 for 5 %' })
  .gt(0, 'a ratio above 0 is allowed')
  .lt(1, 'a ratio below 1 is allowed, such as 0.05 for 5 %');

export const usd = z.number().gt(0, 'an amount above 0 US dollars is allowed');

/** Label and value of the calls that are meant; which labels there are is checked when the attribution is known. */
export const where = z.record(z.string(), z.string().min(1, 'a value is needed').max(200));

export type Where = Readonly<Record<string, string>>;
