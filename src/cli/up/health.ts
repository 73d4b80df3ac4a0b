import { setTimeout as sleep } from 'node:timers/promises';
import type { Child, Exit } from './Child.js';
import type { Part } from './Part.js';

const ASK_AGAIN_MS = 200;
const ANSWER_WITHIN_MS = 3000;
const GIVE_UP_AFTER_MS = 60_000;

/** Whether the address answers with success. */
export async function answers(url: string, headers: Readonly<Record<string, string>> = {}): Promise<boolean> {
  const response = await fetch(url, { headers, signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
  await response.body?.cancel();
  return response.ok;
}

export type Health =
  { readonly state: 'healthy' } | { readonly state: 'ended'; readonly exit: Exit } | { readonly state: 'silent' };

/** Waits until the part works, has ended, or has kept silent for a minute. */
export async function untilHealthy(part: Part, child: Child, signal: AbortSignal): Promise<Health> {
  const giveUpAt = performance.now() + GIVE_UP_AFTER_MS;
  while (performance.now() < giveUpAt && !signal.aborted) {
    if (!child.running) return { state: 'ended', exit: await child.exited };
    if (await part.isHealthy().catch(() => false)) return { state: 'healthy' };
    await Promise.race([sleep(ASK_AGAIN_MS), child.exited]);
  }
  return { state: 'silent' };
}
