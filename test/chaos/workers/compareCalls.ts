import type { Seen } from '../mixed/scenarios.js';
import type { CallLog } from './CallLog.js';
import type { Followed } from './Followed.js';

const SORTS = [
  'whole, or refused',
  'left by its client',
  'broken by the upstream',
  'broken by the kill',
  'none',
] as const;
type Sort = (typeof SORTS)[number];

/** What became of the calls whose clients saw the same. */
interface Row {
  calls: number;
  /** Counted once, as what the client saw. */
  counted: number;
  /** Counted once, as failed with their worker. */
  lost: number;
  /** Not counted, for the upstream never heard of them either. */
  unknown: number;
}

export interface CallComparison {
  readonly rows: readonly (readonly [Sort, Row])[];
  /** Calls whose clients had seen them end, counted as failed with the worker all the same. */
  readonly endedYetLost: number;
  /** Calls that the upstream had seen and that are not counted. */
  readonly missed: number;
  readonly problems: readonly string[];
}

/** Holds each single call, as its client saw it and as the upstream did, against how it was counted. */
export function compareCalls({ calls, upstream }: Followed, log: CallLog): CallComparison {
  const rows = new Map(SORTS.map((sort): [Sort, Row] => [sort, { calls: 0, counted: 0, lost: 0, unknown: 0 }]));
  const problems: string[] = [];
  let endedYetLost = 0;
  let missed = 0;
  for (const [traceId, { scenario, seen }] of calls) {
    const sort = sortOf(seen, scenario.seen.includes(seen));
    const row = rows.get(sort);
    const statuses = log.counted.get(traceId) ?? [];
    if (row === undefined) continue;
    row.calls += 1;
    const [status] = statuses;
    if (statuses.length > 1) problems.push(`${scenario.name}: one call was counted as ${statuses.join(' and ')}`);
    else if (status === undefined && upstream.has(traceId)) missed += 1;
    else if (status === undefined && sort !== 'none' && seen !== 'left')
      problems.push(`${scenario.name}: a client saw its call end as ${seen}, and it is not counted`);
    else if (status === undefined) row.unknown += 1;
    else if (log.lost.has(traceId)) {
      row.lost += 1;
      if (sort === 'whole, or refused') endedYetLost += 1;
    } else if (sort === 'broken by the kill' || sort === 'none' || !scenario.counted.includes(status))
      problems.push(`${scenario.name}: a client saw its call end as ${seen}, and it is counted as ${status}`);
    else row.counted += 1;
  }
  return { rows: [...rows], endedYetLost, missed, problems };
}

function sortOf(seen: Seen, isExpected: boolean): Sort {
  if (seen === 'unanswered') return 'none';
  if (seen === 'left') return 'left by its client';
  if (seen === 'broken') return isExpected ? 'broken by the upstream' : 'broken by the kill';
  return 'whole, or refused';
}
