import { InvalidArgumentError } from 'commander';

/** Parses the value of an option as a whole number of 0 or more. */
export function wholeNumber(text: string): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(number)) {
    throw new InvalidArgumentError('A whole number of 0 or more is allowed.');
  }
  return number;
}
