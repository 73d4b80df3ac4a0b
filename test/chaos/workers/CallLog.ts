import { z } from 'zod';

const event = z.object({ traceId: z.string() });
const ended = z.object({ pid: z.number(), signal: z.string().nullable(), lostCalls: z.number() });
const begun = z.object({ pid: z.number() });
const anyLine = z.object({ level: z.string(), message: z.string() });

const EVENT = /^\[Metrics Event\] ai_(request|stream)_(complete|error|aborted)$/;
const STATUS: Readonly<Record<string, string>> = { complete: 'success', error: 'error', aborted: 'aborted' };

/** What serve's log at level info tells: how each call was counted, and which workers came and went. */
export class CallLog {
  /** By trace id, the statuses as which a call was counted. */
  readonly counted = new Map<string, string[]>();
  /** Trace ids of calls that were counted as lost with their worker. */
  readonly lost = new Set<string>();
  /** Process ids of the workers that take calls, the one that began first in front. */
  readonly workers: number[] = [];
  /** Workers that ended, and how many took their place. */
  readonly ended: { readonly pid: number; readonly signal: string | null }[] = [];
  begun = 0;
  /** Warnings and errors that tell of anything but a worker that ended. */
  readonly complaints: string[] = [];
  #last: string[] = [];

  readonly take = (text: string): void => {
    if (text.trim() === '') return;
    const parsed: unknown = JSON.parse(text);
    const { level, message } = anyLine.parse(parsed);
    const [, kind, end] = EVENT.exec(message) ?? [];
    if (end !== undefined) this.#count(event.parse(parsed).traceId, kind === 'stream', STATUS[end] ?? end);
    else if (message.startsWith('A worker of the gateway ended')) this.#end(ended.parse(parsed));
    else if (message === 'A worker of the gateway takes calls') this.#begin(begun.parse(parsed).pid);
    else if (level === 'warn' || level === 'error' || level === 'fatal') this.complaints.push(text);
  };

  #count(traceId: string, streams: boolean, status: string): void {
    const statuses = this.counted.get(traceId) ?? [];
    statuses.push(streams ? `${status}_stream` : status);
    this.counted.set(traceId, statuses);
    this.#last.push(traceId);
  }

  /** The calls that it lost are told of just before its end. */
  #end({ pid, signal, lostCalls }: z.infer<typeof ended>): void {
    for (const traceId of this.#last.splice(this.#last.length - lostCalls)) this.lost.add(traceId);
    this.#last = [];
    this.workers.splice(this.workers.indexOf(pid), 1);
    this.ended.push({ pid, signal });
  }

  #begin(pid: number): void {
    this.begun += 1;
    this.workers.push(pid);
  }
}
