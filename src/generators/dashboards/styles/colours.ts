/** One colour per meaning, on every dashboard. Names of Grafana's palette, which fit its light and dark themes. */
export const COLOURS = {
  good: 'green',
  warning: 'orange',
  critical: 'red',
  neutral: 'blue',
  /** What the caller chose, such as an abort. */
  chosen: 'gray',
  deployment: 'purple',
} as const;
