import { alertsAbout } from './about.js';
import type { Fired, Stretch } from './detect.js';
import type { Incident } from './Incident.js';

/** What became of one incident. */
export interface Outcome {
  readonly incident: Incident;
  /** The first alert about it; undefined: nobody was told. */
  readonly first: Fired | undefined;
  /** The first that pages. */
  readonly page: Fired | undefined;
}

export interface Score {
  readonly outcomes: readonly Outcome[];
  /** Alerts that were about an incident of their time. */
  readonly right: readonly Fired[];
  /** Alerts about nothing. */
  readonly wrong: readonly Fired[];
}

export function scoreOf(stretches: readonly Stretch[]): Score {
  const within = stretches.flatMap(({ incident, fired }) => (incident === undefined ? [] : [{ incident, fired }]));
  const told = within.map(({ incident, fired }) => ({
    incident,
    right: fired.filter(({ alert }) => alertsAbout(incident).includes(alert)),
  }));
  const right = told.flatMap((each) => each.right);
  return {
    outcomes: told.map((each) => ({
      incident: each.incident,
      first: earliest(each.right),
      page: earliest(each.right.filter(({ severity }) => severity === 'critical')),
    })),
    right,
    wrong: stretches.flatMap(({ fired }) => fired).filter((each) => !right.includes(each)),
  };
}

function earliest(fired: readonly Fired[]): Fired | undefined {
  return [...fired].sort((a, b) => a.minute - b.minute || a.alert.localeCompare(b.alert))[0];
}

/** Minutes from the beginning of an incident to an alert. */
export function minutesTo(incident: Incident, { minute }: Fired): number {
  return minute - incident.start;
}

/** The middle and the greatest of some numbers. */
export function spreadOf(numbers: readonly number[]): { readonly median: number; readonly worst: number } {
  const sorted = [...numbers].sort((a, b) => a - b);
  const at = (index: number) => sorted[index] ?? NaN;
  const half = (sorted.length - 1) / 2;
  return { median: (at(Math.floor(half)) + at(Math.ceil(half))) / 2, worst: at(sorted.length - 1) };
}
