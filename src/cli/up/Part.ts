/** The parts of the stack, in the order in which they are started; they are stopped the other way round. */
export const PART_NAMES = ['simulator', 'exporter', 'alertmanager', 'prometheus', 'grafana', 'traffic'] as const;
export type PartName = (typeof PART_NAMES)[number];

/** One program of the stack: how it is started and how one sees that it works. */
export interface Part {
  readonly name: PartName;
  readonly command: string;
  readonly args: readonly string[];
  /** Added to the environment of `up` itself. */
  readonly env: Readonly<Record<string, string>>;
  /** Without an essential part the rest makes no sense: when it dies, all is stopped. */
  readonly essential: boolean;
  /** What its line shows: an address, or what it does. */
  readonly shown: string;
  /** Whether it does its work by now. Asked again and again; may throw for "not yet". */
  readonly isHealthy: () => Promise<boolean>;
  /** Gets each line that it writes to its log. */
  readonly onLine?: (line: string) => void;
}
