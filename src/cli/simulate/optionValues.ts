import { InvalidArgumentError, Option } from 'commander';
import { positiveDuration, seconds } from '../../config/duration.js';
import { UsageError } from '../../errors.js';
import { wholeNumber } from '../wholeNumber.js';

export interface Duration {
  readonly text: string;
  readonly seconds: number;
}

/** Parses a duration as Prometheus writes it, such as 30s, 5m or 1h30m. */
export function duration(text: string): Duration {
  const result = positiveDuration.safeParse(text);
  if (!result.success) throw new InvalidArgumentError('A duration such as 30s, 5m or 1h30m is allowed.');
  return { text, seconds: seconds(result.data) };
}

/** An option that takes a duration, and shows its default as a person would write it. */
export function durationOption(flags: string, description: string, usual: string): Option {
  return new Option(flags, description).argParser(duration).default(duration(usual), usual);
}

export function positiveNumber(text: string): number {
  const number = Number(text);
  if (text.trim() === '' || !Number.isFinite(number) || number <= 0) {
    throw new InvalidArgumentError('A number above 0 is allowed.');
  }
  return number;
}

const HIGHEST_PORT = 65_535;

export function port(text: string): number {
  const number = wholeNumber(text);
  if (number > HIGHEST_PORT) throw new InvalidArgumentError(`A port from 0 to ${HIGHEST_PORT} is allowed.`);
  return number;
}

/** The port that a variable names; undefined when it is unset or empty. */
export function portFrom(variable: string, env: Readonly<Record<string, string | undefined>>): number | undefined {
  const text = env[variable] ?? '';
  if (text === '') return undefined;
  const number = Number(text);
  if (!/^\d+$/.test(text) || number > HIGHEST_PORT) {
    throw new UsageError(`${variable} is ${JSON.stringify(text)}; set it to a port from 0 to ${HIGHEST_PORT}`);
  }
  return number;
}

/** The text that a variable holds; undefined when it is unset or empty. */
export function textFrom(variable: string, env: Readonly<Record<string, string | undefined>>): string | undefined {
  return env[variable] === '' ? undefined : env[variable];
}
