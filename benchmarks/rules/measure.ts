import { setTimeout as wait } from 'node:timers/promises';

/** Waits until Prometheus has taken so many samples. */
export async function untilTaken(prometheus: string, samples: number): Promise<void> {
  for (;;) {
    const text = await (await fetch(`${prometheus}/metrics`)).text();
    const taken = /^prometheus_tsdb_head_samples_appended_total(?:\{type="float"\})? (\S+)$/m.exec(text)?.[1];
    if (Number(taken) >= samples) return;
    await wait(2000);
  }
}

function groupOf(ruleGroup: string): string {
  return ruleGroup.split(';').at(-1) ?? '';
}

/** Milliseconds that each group's evaluations took, one number for each look at what Prometheus says of its last one. */
export async function lastDurations(
  prometheus: string,
  looks: number,
  every: number,
): Promise<ReadonlyMap<string, number[]>> {
  const all = new Map<string, number[]>();
  for (let look = 0; look < looks; look += 1) {
    await wait(every * 1000);
    const response = await fetch(`${prometheus}/metrics`);
    for (const [, group = '', seconds] of (await response.text()).matchAll(
      /^prometheus_rule_group_last_duration_seconds\{rule_group="([^"]*)"\} (\S+)$/gm,
    )) {
      all.set(groupOf(group), [...(all.get(groupOf(group)) ?? []), Number(seconds) * 1000]);
    }
  }
  return all;
}
