const two = (value: number): string => String(value).padStart(2, '0');

/** `14:05`, local time. */
export function clock(at: number): string {
  const date = new Date(at);
  return `${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** `2026-11-23 14:05:09`, local time. */
export function dateTime(at: number): string {
  const date = new Date(at);
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${clock(at)}:${two(date.getSeconds())}`;
}

/** Labels of a time axis: the day where a day begins, seconds only where the steps are that short. */
export function timeTicks(ticks: readonly number[], stepMs: number): readonly string[] {
  return ticks.map((at) => {
    const date = new Date(at);
    const day = `${two(date.getMonth() + 1)}/${two(date.getDate())}`;
    if (stepMs >= 86_400_000) return day;
    if (date.getHours() === 0 && date.getMinutes() === 0 && date.getSeconds() === 0) return day;
    return stepMs < 60_000 ? `${clock(at)}:${two(date.getSeconds())}` : clock(at);
  });
}
