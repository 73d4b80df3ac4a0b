/** What goes wrong in the simulated month. All shares are of the calls that begin while it lasts. */
export interface Incident {
  readonly what: string;
  /** Minutes since the beginning, a multiple of the segment's length. */
  readonly start: number;
  readonly minutes: number;
  /** Undefined: all models. */
  readonly model?: string;
  /** Share of calls that fail, for this reason. */
  readonly failing?: { readonly share: number; readonly errorType: string };
  /** How many times longer calls and first tokens take. */
  readonly slower?: number;
  readonly firstTokenSlower?: number;
  /** Share of answers that end at the limit of tokens. */
  readonly truncated?: number;
  /** How many times more a call costs. */
  readonly dearer?: number;
  /** How many times more calls; 0: none at all. */
  readonly traffic?: number;
  /** True when Prometheus gets nothing from the exporter. */
  readonly blind?: true;
}
