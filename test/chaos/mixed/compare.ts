import type { LedgerReport } from '../../../src/simulator/Ledger.js';
import { sumOf, type Sample } from '../exposition.js';
import type { Scenario } from './scenarios.js';
import type { Tally } from './Tally.js';

export const HEAD = ['call', 'made', 'as the client saw it', 'as /metrics counts it'];

export interface Comparison {
  readonly rows: readonly (readonly string[])[];
  readonly problems: readonly string[];
  /** What a reader might take for a fault, explained. */
  readonly notes: readonly string[];
}

/** Holds what the clients saw against what /metrics counted and what the simulated API gave out. */
export function compare(tally: Tally, samples: readonly Sample[], ledger: LedgerReport): Comparison {
  const problems: string[] = [];
  const rows = tally.scenarios.map((scenario) => {
    const seen = [...tally.of(scenario)].filter(([end]) => end !== 'unanswered');
    const counted = countsOf(samples, scenario);
    problems.push(...problemsOf(scenario, tally, counted, samples));
    return [scenario.name, String(tally.calls(scenario)), listed(seen), listed(counted)];
  });
  const inFlight = sumOf(samples, 'ai_requests_in_flight');
  const notes: string[] = [];
  for (const scenario of tally.scenarios.filter(({ model }) => model !== undefined)) {
    const { note, problem } = ofLeaving(scenario, tally, countsOf(samples, scenario), ledger);
    notes.push(note);
    problems.push(...problem);
  }
  // The rules take the one for the other.
  for (const { labels, value } of samples.filter(({ name }) => name === 'ai_request_duration_ms_count')) {
    const { provider = '', model = '', status = '', operation = '' } = labels;
    const calls = sumOf(samples, 'ai_requests_total', { provider, model, status, operation });
    if (calls !== value) problems.push(`${calls} calls to ${model} ended as ${status}, ${value} have a duration`);
  }
  if (inFlight !== 0) problems.push(`${inFlight} calls are still in flight after the last one ended`);
  return { rows, notes, problems: [...problems, ...ledgerProblems(tally, ledger)] };
}

type Counts = readonly (readonly [string, number])[];

function countsOf(samples: readonly Sample[], { name }: Scenario): Counts {
  return samples
    .filter((sample) => sample.name === 'ai_requests_total' && sample.labels['feature'] === name && sample.value > 0)
    .map(({ labels, value }) => [labels['status'] ?? 'none', value] as const);
}

function problemsOf(scenario: Scenario, tally: Tally, counted: Counts, samples: readonly Sample[]): string[] {
  const problems: string[] = [];
  const { name, seen } = scenario;
  const calls = tally.calls(scenario);
  const sum = counted.reduce((all, [, value]) => all + value, 0);
  if (sum !== calls) problems.push(`${name}: ${calls} calls were made and ${sum} counted`);
  for (const [end] of tally.of(scenario)) {
    if (end !== 'unanswered' && !seen.includes(end)) problems.push(`${name}: a client saw its call end as ${end}`);
  }
  for (const [status, value] of counted) {
    if (!scenario.counted.includes(status)) problems.push(`${name}: ${value} calls were counted as ${status}`);
  }
  if (
    scenario.errorType !== undefined &&
    sumOf(samples, 'ai_errors_total', { error_type: scenario.errorType }) < calls
  ) {
    problems.push(`${name}: fewer errors of type ${scenario.errorType} than calls`);
  }
  return problems;
}

/**
 * Of calls that their clients may leave at any byte: whole at the client is whole for /metrics, and whole for /metrics is
 * whole for the upstream. The other way round, what had been given out or passed on may not have been read any more.
 */
function ofLeaving(
  scenario: Scenario,
  tally: Tally,
  counted: Counts,
  ledger: LedgerReport,
): { readonly note: string; readonly problem: readonly string[] } {
  const { name } = scenario;
  const whole = tally.of(scenario).get('whole') ?? 0;
  const passedOn = counted.reduce((sum, [status, value]) => sum + (status.startsWith('success') ? value : 0), 0);
  const rows = ledger.rows.filter(({ model }) => model === scenario.model);
  const given = callsOf(rows.filter(({ outcome }) => outcome === 'answered'));
  const holds = whole <= passedOn && passedOn <= given && callsOf(rows) === tally.calls(scenario);
  return {
    note: `${name}: ${given} were given out whole by the upstream, by its ledger; of these ${passedOn} had been passed on to their last byte when the gateway saw the client leave, and count as success; of these ${whole} were read to the end, and the others lay in the client’s socket when it left.`,
    problem: holds
      ? []
      : [
          `${name}: of ${tally.calls(scenario)} calls ${whole} were whole at their clients, ${passedOn} by /metrics, ${given} by the ledger, which has ${callsOf(rows)}`,
        ],
  };
}

function callsOf(rows: LedgerReport['rows']): number {
  return rows.reduce((sum, { calls }) => sum + calls, 0);
}

/** Which of the ledger's ends may be whose: a call that its client left may have been answered just before. */
const GROUPS = [
  ['answered', 'client_left'],
  ['refused'],
  ['reset'],
  ['cut'],
  ['error_event'],
  ['no_done'],
  ['stall'],
  ['timeout'],
] as const;

function ledgerProblems(tally: Tally, ledger: LedgerReport): string[] {
  const problems = ledger.inFlight === 0 ? [] : [`${ledger.inFlight} calls are still open at the upstream`];
  for (const group of GROUPS) {
    const isIn = (outcome: string): boolean => group.some((one) => one === outcome);
    const scenarios = tally.scenarios.filter(({ ledger: ends }) => ends.some(isIn));
    const made = scenarios.reduce((sum, scenario) => sum + tally.calls(scenario), 0);
    // A client that leaves at once may do so before its call has gone on to the upstream.
    const early = scenarios
      .filter(({ reading }) => reading === 'leaves before the answer')
      .reduce((sum, scenario) => sum + tally.calls(scenario), 0);
    const given = callsOf(ledger.rows.filter(({ outcome }) => isIn(outcome)));
    if (given > made || given < made - early) {
      problems.push(`the upstream saw ${given} calls end as ${group.join(' or ')}, the clients made ${made}`);
    }
  }
  return problems;
}

function listed(ends: readonly (readonly [string, number])[]): string {
  return [...ends]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([end, calls]) => `${calls} ${end}`)
    .join(', ');
}
