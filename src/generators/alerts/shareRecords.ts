import type { AlertGroup } from './AlertGroup.js';

/**
 * Lets the first group that records something record it for all: Prometheus drops the samples of a second rule of the
 * same name, and counts a failure when both come at once.
 */
export function shareRecords(groups: readonly AlertGroup[]): readonly AlertGroup[] {
  const owners = new Map<string, string>();
  return groups.map((group) => {
    const needs = new Set(group.needs);
    const records = group.records.filter(({ record, fixed = {} }) => {
      const series = JSON.stringify([record, fixed]);
      const owner = owners.get(series) ?? group.name;
      owners.set(series, owner);
      if (owner !== group.name) needs.add(owner);
      return owner === group.name;
    });
    const before = groups.filter(({ name }) => needs.has(name)).map(({ name }) => name);
    return { ...group, records, ...(before.length > 0 && { needs: before }) };
  });
}
