import type { ThresholdKind } from '../../config/Config.js';
import type { RecordingRule } from '../promql/recordingRule.js';
import type { Vector } from '../promql/vector.js';
import type { Part } from './counted/pieces.js';
import type { Unit } from './units.js';

/** What an annotation can name. In a rule these are Prometheus templates, in its test the values they become. */
export interface Wording {
  readonly provider: string;
  readonly model: string;
  /** Of the signal's own label, if it has one. */
  readonly extra: string;
  readonly value: string;
  readonly bound: string;
  readonly window: string;
}

/** Growth of each series of a rule test in one step, by series in PromQL's notation. */
export type Growth = Readonly<Record<string, number>>;

/** Traffic of one provider and model for a rule test. */
export interface Traffic {
  /** Provider, model, operation, and an attribution label if the threshold is one of its values. */
  readonly labels: Readonly<Record<string, string>>;
  /** What the alert's expression must come to, in the threshold's unit. */
  readonly value: number;
  /** Calls a step. */
  readonly calls: number;
  /** Seconds a step. */
  readonly step: number;
}

/** Something that is held against a threshold of promptmeter.yaml. */
export interface Signal {
  /** File name without its ending. */
  readonly group: string;
  readonly kind: ThresholdKind;
  readonly alert: string;
  readonly unit: Unit;
  /** What is compared, as in "p95 latency of successful calls". */
  readonly title: string;
  /** Which calls the minimum traffic counts, as in "successful calls". */
  readonly counted: string;
  readonly summary: (wording: Wording) => string;
  readonly description: (wording: Wording) => string;
  /** Calls of the bad kind that it takes at least: one error in ten calls is no outage. For shares of the traffic. */
  readonly fewest?: number;
  /** A label that the value is split by besides the level, and a value of it for tests. */
  readonly extra?: { readonly label: 'error_type' | 'kind'; readonly sample: string };
  /** True when it alerts below the bound. */
  readonly lessIsWorse?: true;
  /** Seconds between evaluations, where Prometheus' own are needlessly many for a long window. */
  readonly interval?: number;
  /** Seconds that a rule test needs first, which begin with ordinary traffic (of value 1). */
  readonly history?: number;
  /** What value and traffic are made of. */
  readonly parts: readonly Part[];
  /** Recorded first, when the value is made of it. */
  readonly inputs?: (window: string, by: readonly string[]) => readonly RecordingRule[];
  readonly value: (window: string, by: readonly string[]) => RecordingRule;
  /** From the recorded value to the threshold's unit. */
  readonly inUnit: (value: Vector<string>) => Vector<string>;
  readonly traffic: (window: string, by: readonly string[]) => RecordingRule;
  /** The greatest value that can be measured, in the threshold's unit. The configuration keeps bounds below it. */
  readonly greatest: number;
  readonly growth: (traffic: Traffic) => Growth;
  /** Gauges of a rule test, by series. */
  readonly gauges?: (traffic: Traffic) => Growth;
}

/** For signals that are recorded in the threshold's own unit. */
export const asRecorded = (value: Vector<string>): Vector<string> => value;

/** With fewer calls of the bad kind than this, a share of them is chance. */
export const FEWEST = 3;
