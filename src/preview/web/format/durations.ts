const UNITS: readonly (readonly [size: number, short: string, long: string])[] = [
  [31_536_000, 'y', 'year'],
  [2_628_000, 'mo', 'month'],
  [604_800, 'w', 'week'],
  [86_400, 'd', 'day'],
  [3600, 'h', 'hour'],
  [60, 'min', 'minute'],
  [1, 's', 'second'],
];

/** Seconds in words: the largest unit and `decimals` smaller ones, such as `1 day, 3 hours`. */
export function durationWords(seconds: number, decimals = 0): string {
  const parts: string[] = [];
  let left = Math.abs(seconds);
  if (left < 1) return `${Math.round(left * 1000)} milliseconds`;
  const first = UNITS.findIndex(([size]) => left >= size);
  for (const [size, , name] of UNITS.slice(first, first + 1 + decimals)) {
    const count = parts.length === decimals ? Math.round(left / size) : Math.floor(left / size);
    left -= count * size;
    if (count > 0) parts.push(`${count} ${name}${count === 1 ? '' : 's'}`);
  }
  return `${seconds < 0 ? '-' : ''}${parts.join(', ')}`;
}

/** Seconds as `1d 03:25:45`, or `03:25:45` below a day. */
export function durationClock(seconds: number): string {
  const whole = Math.floor(Math.abs(seconds));
  const two = (value: number): string => String(value).padStart(2, '0');
  const clock = `${two(Math.floor((whole % 86_400) / 3600))}:${two(Math.floor((whole % 3600) / 60))}:${two(whole % 60)}`;
  const days = Math.floor(whole / 86_400);
  return `${seconds < 0 ? '-' : ''}${days === 0 ? '' : `${days}d `}${clock}`;
}

/** A duration in seconds as a number and the unit that reads best. */
export function scaledDuration(seconds: number): { readonly value: number; readonly unit: string } {
  const size = Math.abs(seconds);
  if (size === 0) return { value: 0, unit: 's' };
  if (size < 1e-6) return { value: seconds * 1e9, unit: 'ns' };
  if (size < 1e-3) return { value: seconds * 1e6, unit: 'µs' };
  if (size < 1) return { value: seconds * 1e3, unit: 'ms' };
  if (size < 60) return { value: seconds, unit: 's' };
  if (size < 3600) return { value: seconds / 60, unit: 'min' };
  if (size < 86_400) return { value: seconds / 3600, unit: 'h' };
  if (size < 7 * 86_400) return { value: seconds / 86_400, unit: 'day' };
  if (size < 31_536_000) return { value: seconds / 604_800, unit: 'week' };
  return { value: seconds / 31_536_000, unit: 'year' };
}
