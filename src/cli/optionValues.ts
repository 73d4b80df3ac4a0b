import { InvalidArgumentError } from 'commander';

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Parses the value of an option as a day of the calendar, at its beginning in UTC. */
export function day(text: string): Date {
  const date = new Date(`${text}T00:00:00Z`);
  // A day that no month has, as the 31st of February, becomes another one when parsed.
  if (!DAY.test(text) || Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== text) {
    throw new InvalidArgumentError('A day such as 2026-11-01 is allowed.');
  }
  return date;
}
