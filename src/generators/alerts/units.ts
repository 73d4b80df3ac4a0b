/** How a value of promptmeter.yaml's unit is written for people. */
export interface Unit {
  /** Prometheus template of an alert's value. */
  readonly template: string;
  /** What that template makes of a value. */
  readonly write: (value: number) => string;
  /** How a bound of promptmeter.yaml is written: as `write`, without what is zero. */
  readonly writeBound: (bound: number) => string;
}

export const SECONDS: Unit = {
  template: '{{ $value | humanizeDuration }}',
  write: humanizeDuration,
  writeBound: (bound) => humanizeDuration(bound).replaceAll(/ 0[hms]\b/g, ''),
};

export const RATIO: Unit = {
  template: '{{ $value | humanizePercentage }}',
  write: percentage,
  writeBound: percentage,
};

export const USD_PER_HOUR: Unit = {
  template: '${{ printf "%.2f" $value }} an hour',
  write: (value) => `$${value.toFixed(2)} an hour`,
  writeBound: (bound) => `$${bound} an hour`,
};

export const USD_PER_CALL: Unit = {
  template: '${{ printf "%.4f" $value }}',
  write: (value) => `$${value.toFixed(4)}`,
  writeBound: (bound) => `$${bound} a call`,
};

/** How many times as much. */
export const FACTOR: Unit = {
  template: '{{ printf "%.1f" $value }} times',
  write: (value) => `${value.toFixed(1)} times`,
  writeBound: (bound) => `${bound} times`,
};

function percentage(ratio: number): string {
  return `${significant(ratio * 100)}%`;
}

/** As Prometheus' template function does. https://prometheus.io/docs/prometheus/latest/configuration/template_reference/ */
function humanizeDuration(seconds: number): string {
  if (seconds === 0) return '0s';
  if (seconds < 1) return `${significant(seconds * 1000)}ms`;
  if (seconds < 60) return `${significant(seconds)}s`;
  const whole = Math.trunc(seconds);
  const parts = [
    [Math.trunc(whole / 86_400), 'd'],
    [Math.trunc(whole / 3600) % 24, 'h'],
    [Math.trunc(whole / 60) % 60, 'm'],
    [whole % 60, 's'],
  ] as const;
  return parts
    .slice(parts.findIndex(([count]) => count > 0))
    .map(([count, unit]) => `${count}${unit}`)
    .join(' ');
}

/** Four significant digits, as `%.4g` gives them. */
function significant(value: number): string {
  return String(Number(value.toPrecision(4)));
}
