/** One alert as Alertmanager delivered it, its texts made inert. */
export interface Alert {
  /** What makes it this alert: Alertmanager's fingerprint of its labels. */
  readonly id: string;
  readonly status: 'firing' | 'resolved';
  readonly alertname: string;
  readonly severity: string;
  readonly summary: string;
  readonly description: string;
  readonly labels: Readonly<Record<string, string>>;
  /** ISO 8601, as all times here. */
  readonly startsAt: string;
  /** Null while it fires. */
  readonly endsAt: string | null;
  /** Where it came from: an http or https URL, else empty. */
  readonly generatorURL: string;
  readonly receivedAt: string;
}
