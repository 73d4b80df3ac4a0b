/** One part of the run under load and faults: what was done, what came of it, and what was wrong about it. */
export interface Phase {
  readonly title: string;
  /** What was done, in a sentence or two. */
  readonly intro: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** What was found, as sentences. */
  readonly findings: readonly string[];
  /** What should not have happened. Empty when all is well. */
  readonly problems: readonly string[];
}

/** Collects what was found and what was wrong: a claim that does not hold is a problem. */
export class Claims {
  readonly findings: string[] = [];
  readonly problems: string[] = [];

  holds(claim: string, isTrue: boolean, otherwise: string): void {
    if (isTrue) this.findings.push(claim);
    else this.problems.push(otherwise);
  }
}
